package dev.bantam.ext.permission.shell;

/** Bash's {@code $'…'}. */
final class AnsiQuote {
    private AnsiQuote() {}

    /** The text up to the closing quote, which is taken as well. */
    static String read(Source source) throws ShellSyntaxException {
        StringBuilder text = new StringBuilder();
        while (!source.atEnd()) {
            char next = source.next();
            if (next == '\'') {
                return text.toString();
            }
            text.append(next == '\\' && !source.atEnd() ? escape(source) : String.valueOf(next));
        }
        throw new ShellSyntaxException("a quote ' is not closed");
    }

    private static String escape(Source source) throws ShellSyntaxException {
        char kind = source.next();
        return switch (kind) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\\', '"', '?' -> String.valueOf(kind);
            case 'e', 'E' -> "\u001b";
            case 'x' -> number(source, 16, 2);
            case 'u' -> number(source, 16, 4);
            // \' as well: a shell that does not know $'…' would end the quote there
            default -> throw new ShellSyntaxException("$'\\" + kind + "' is not understood");
        };
    }

    private static String number(Source source, int radix, int digits) throws ShellSyntaxException {
        int value = 0;
        int read = 0;
        while (read < digits && Character.digit(source.peek(), radix) >= 0) {
            value = value * radix + Character.digit(source.next(), radix);
            read++;
        }
        if (read == 0 || value == 0) {
            throw new ShellSyntaxException("a number in $'…' is not understood");
        }
        return Character.toString(value);
    }
}
