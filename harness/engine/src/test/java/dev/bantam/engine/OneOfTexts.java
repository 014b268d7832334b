package dev.bantam.engine;

import java.util.List;

/** A constraint written down naively: the text is one of a few, none of which begins another. */
final class OneOfTexts implements Constraint {
    private final Tokenizer tokenizer;
    private final List<String> texts;
    private String soFar;

    OneOfTexts(Tokenizer tokenizer, List<String> texts) {
        this(tokenizer, texts, "");
    }

    private OneOfTexts(Tokenizer tokenizer, List<String> texts, String soFar) {
        this.tokenizer = tokenizer;
        this.texts = texts;
        this.soFar = soFar;
    }

    @Override
    public TokenSet allowed() {
        TokenSet allowed = new TokenSet(tokenizer.vocabularySize());
        for (int token = 0; token < tokenizer.vocabularySize(); token++) {
            if (!tokenizer.isControl(token) && tokenizer.piece(token).length > 0 && fits(soFar + text(token))) {
                allowed.add(token);
            }
        }
        return allowed;
    }

    private boolean fits(String prefix) {
        return texts.stream().anyMatch(text -> text.startsWith(prefix));
    }

    private String text(int token) {
        return tokenizer.decode(new int[] {token});
    }

    @Override
    public void accept(int token) {
        if (!fits(soFar + text(token))) {
            throw new IllegalArgumentException("not allowed: " + token);
        }
        soFar += text(token);
    }

    @Override
    public String forced() {
        List<String> left =
                texts.stream().filter(text -> text.startsWith(soFar)).toList();
        int end = soFar.length();
        while (end < left.getFirst().length()) {
            String longer = left.getFirst().substring(0, end + 1);
            if (!left.stream().allMatch(text -> text.startsWith(longer))) {
                break;
            }
            end++;
        }
        return left.getFirst().substring(soFar.length(), end);
    }

    @Override
    public boolean complete() {
        return texts.contains(soFar);
    }

    @Override
    public Constraint copy() {
        return new OneOfTexts(tokenizer, texts, soFar);
    }
}
