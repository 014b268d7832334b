package dev.bantam.tools;

/** How far a text may differ from the file and still be found there. Each step allows what those before it do. */
enum Tolerance {
    NONE(""),
    /** The text is what read shows: line ends are alike, and bytes that are not UTF-8 are characters. */
    AS_SHOWN("line ends or encoding"),
    TRAILING_SPACE("trailing space"),
    LOOK_ALIKES("look-alike quotes, dashes or spaces"),
    INDENTATION("indentation");

    private static final String SINGLE_QUOTES = "\u2018\u2019\u201A\u201B\u2032";
    private static final String DOUBLE_QUOTES = "\u201C\u201D\u201E\u201F\u2033";
    private static final String DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";
    static final String SPACES =
            "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";

    private final String words;

    Tolerance(String words) {
        this.words = words;
    }

    /** What differed. */
    String words() {
        return words;
    }

    boolean allows(Tolerance other) {
        return compareTo(other) >= 0;
    }

    /** The plain character that a model may have written, or read, for this one. */
    static char plain(char c) {
        if (c < 0x80) {
            return c;
        }
        char shown = TextFile.display(c);
        if (SINGLE_QUOTES.indexOf(shown) >= 0) {
            return '\'';
        }
        if (DOUBLE_QUOTES.indexOf(shown) >= 0) {
            return '"';
        }
        if (DASHES.indexOf(shown) >= 0) {
            return '-';
        }
        return SPACES.indexOf(shown) >= 0 ? ' ' : shown;
    }

    /** Whether it is a quote or a dash, plain or not. */
    static boolean isMark(char c) {
        return "'\"-".indexOf(plain(c)) >= 0;
    }
}
