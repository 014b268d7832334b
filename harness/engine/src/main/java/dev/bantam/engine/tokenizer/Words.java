package dev.bantam.engine.tokenizer;

/** What {@link PreTokenizer}s call a word: letters with at most one other character before them. */
enum Words {
    LETTERS,
    LETTERS_AND_MARKS,
    CASED,
    CASED_WITH_CONTRACTION;

    /** Where the word, or the contraction, that starts here ends; {@code start} when none does. */
    int end(int[] text, int start) {
        return switch (this) {
            case LETTERS, LETTERS_AND_MARKS -> {
                int end = contraction(text, start);
                yield end > start ? end : afterPrefix(text, start, this::letters);
            }
            case CASED -> cased(text, start);
            case CASED_WITH_CONTRACTION -> {
                int end = cased(text, start);
                yield end > start ? contraction(text, end) : start;
            }
        };
    }

    boolean isCased() {
        return this == CASED || this == CASED_WITH_CONTRACTION;
    }

    /** Neither a space nor a number nor what words are made of. */
    boolean isPunctuation(int c) {
        boolean letter = this == LETTERS_AND_MARKS ? Classes.isLetterOrMark(c) : Classes.isLetter(c);
        return !letter && !Classes.isNumber(c) && !Classes.isSpace(c);
    }

    @FunctionalInterface
    private interface Run {
        int end(int[] text, int start);
    }

    /** {@code [^\r\n\p{L}\p{N}]?run}: with that character before the run if a run follows, else without. */
    private static int afterPrefix(int[] text, int start, Run run) {
        int c = text[start];
        if (!Classes.isLetter(c) && !Classes.isNumber(c) && !PreTokenizer.isLineEnd(c)) {
            int end = run.end(text, start + 1);
            if (end > start + 1) {
                return end;
            }
        }
        return run.end(text, start);
    }

    private int letters(int[] text, int start) {
        int end = start;
        while (end < text.length
                && (this == LETTERS ? Classes.isLetter(text[end]) : Classes.isLetterOrMark(text[end]))) {
            end++;
        }
        return end;
    }

    private static int cased(int[] text, int start) {
        int end = afterPrefix(text, start, Words::endingLower);
        return end > start ? end : afterPrefix(text, start, Words::upper);
    }

    /** {@code U*l+}: U takes all it can; if no l follows, it gives back as much as leaves one that is both. */
    private static int endingLower(int[] text, int start) {
        int end = upper(text, start);
        if (end < text.length && Classes.isLower(text[end])) {
            while (end < text.length && Classes.isLower(text[end])) {
                end++;
            }
            return end;
        }
        while (end > start && !Classes.isLower(text[end - 1])) {
            end--;
        }
        return end;
    }

    /** {@code U+l*}, where {@link #endingLower} found nothing: no l follows. */
    private static int upper(int[] text, int start) {
        int end = start;
        while (end < text.length && Classes.isUpper(text[end])) {
            end++;
        }
        return end;
    }

    private static int contraction(int[] text, int start) {
        if (start + 1 >= text.length || text[start] != '\'') {
            return start;
        }
        int first = lower(text[start + 1]);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return start + 2;
        }
        int second = start + 2 < text.length ? lower(text[start + 2]) : 0;
        boolean pair = first == 'r' && second == 'e' || first == 'v' && second == 'e' || first == 'l' && second == 'l';
        return pair ? start + 3 : start;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
