package dev.bantam.ext.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a reply without tool calls ends: with an announcement, a question, an admission or a claim. Judged by its last
 * sentences; code, quoted lines and quotations are somebody else's words.
 */
public final class Ending {
    private static final Pattern FENCE = Pattern.compile("(?ms)^[ \\t]*(```|~~~).*?(?:^[ \\t]*\\1[ \\t]*$|\\z)");
    private static final Pattern QUOTED_LINE = Pattern.compile("(?m)^[ \\t]*>.*$");
    private static final Pattern QUOTATION =
            Pattern.compile("\"[^\"\\n]{0,300}\"|\u201c[^\u201d\\n]{0,300}\u201d|\u00ab[^\u00bb\\n]{0,300}\u00bb"
                    + "|(?<![\\w])'[^'\\n]{3,300}'(?!\\w)");
    private static final Pattern CODE_WORD = Pattern.compile("`[^`\\n]*`");
    private static final Pattern EMPHASIS = Pattern.compile("[*_#]{1,3}(?=\\S)|(?<=\\S)[*_]{1,3}");
    private static final Pattern DECORATION = Pattern.compile(
            "^[\\p{So}\\x{1F3FB}-\\x{1F3FF}\\x{FE0F}\\x{200D}\\s]+|[\\p{So}\\x{1F3FB}-\\x{1F3FF}\\x{FE0F}\\x{200D}\\s]+$");
    private static final Pattern MARK = Pattern.compile("</?[\\w:-]+>");
    private static final Pattern LIST_ITEM = Pattern.compile("^(?:[-*+\u2022]|\\d{1,2}[.)])\\s+(.*)$");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?\u2026\u3002\uff01\uff1f])[)\\]]?\\s+");

    private static final String ACTION = "(?:add(?! that\\b)|adjust|analy[sz]e|append|apply|begin|build|call|change"
            + "|check|clean|compile|continue|convert|copy|correct|create|debug|delete|determine|dig|do|document|double-check|edit"
            + "|examine|execute|expand|explore|extend|extract|fetch|figure|finali[sz]e|find|finish|fix|format|generate|get|give it"
            + "|go(?! over\\b| through what\\b)|grep|handle|implement|improve|inspect|insert|install|introduce|investigate"
            + "|list(?! what\\b| the (?:changes|main|key)\\b| my\\b| a few\\b)|locate|look"
            + "|make(?! clear\\b| it clear\\b| sure you\\b)|mark|merge|migrate|modify|move|open|parse|patch|perform|prepare"
            + "|proceed|put|re-?check|re-?run|read|refactor|remove|rename|replace|resolve|restore|retry|revert|review"
            + "|rewrite|run|save|scan|search|see|set|simplify|solve|start|store|switch|take|test|think|trace|track|try|undo"
            + "|understand|update|use|validate|verify|view|work|write)\\b";
    private static final String DOING = "(?:adding|applying|changing|checking|continuing|creating|editing|executing"
            + "|fixing|implementing|installing|making|moving|opening|proceeding|reading|removing|renaming|replacing"
            + "|running|searching|testing|trying|updating|verifying|working|writing)\\b";
    private static final String SOFTLY =
            "(?:(?:now|first|then|next|also|just|quickly|carefully|simply|immediately|therefore"
                    + "|go ahead and|go and|start by|begin by|try to|have to|need to)\\s+){0,3}";
    private static final String I_WILL =
            "(?:I['\u2019]ll|I will|I['\u2019]m (?:now )?going to|I am (?:now )?going to|I['\u2019]m about to"
                    + "|I am about to|I shall|I (?:now )?need to|I have to|I must|I should|I can now|I want to|I['\u2019]d like to|let me"
                    + "|lemme|let['\u2019]s|let us|we (?:now )?need to|we['\u2019]ll|we will|we must|we have to|we can now"
                    + "|(?:my|the) next (?:step|thing(?: to do)?) (?:is|will be)(?: to)?|(?:the )?next is to|(?:it['\u2019]s )?time to"
                    + "|(?:what|all that)(?:['\u2019]s| is) left is to)\\s+";
    private static final String LEAD = "(?:^|[,;\u2014\u2013]\\s*|\\s-\\s|\\b(?:so|and|but|then|now|next|therefore)\\s+"
            + "|\\b(?:step \\d+|plan|next steps?|first step|action|now|next|todo|thought)\\s*:\\s*)"
            + "(?:(?:ok(?:ay)?|alright|all right|great|good|perfect|sure|right|well|now|next|first|firstly|then|so|and"
            + "|but|also|finally|to (?:start|begin)(?: with)?|after that|with that(?: done)?|from here|here)[,.!:]?\\s+){0,3}";
    private static final Pattern ANNOUNCED =
            Pattern.compile("(?i)" + LEAD + "(?:" + I_WILL + SOFTLY + "(?:" + ACTION + "|" + DOING + "))");
    private static final Pattern UNDER_WAY = Pattern.compile("(?i)^(?:(?:ok(?:ay)?|now|next|then|first)[,:]?\\s+)*"
            + "(?:(?:I['\u2019]m|I am|we['\u2019]re)\\s+)?(?:now\\s+)?(?:proceeding|moving on|on to the|starting with|beginning with)\\b"
            + "|^(?:now|next|first)[,:]?\\s+(?:(?:I['\u2019]m|I am|we['\u2019]re)\\s+)?" + DOING
            + "|^" + DOING + ".*(?:\\.\\.\\.|\u2026|\\bnow[.!:]*)$");
    private static final Pattern OTHER_TONGUES = Pattern.compile(
            "^(?:\u73b0\u5728|\u597d\u7684|\u63a5\u4e0b\u6765|\u9996\u5148|\u7136\u540e|\uff0c)*"
                    + "(?:\u8ba9\u6211(?!\u77e5\u9053)|\u6211\u5c06|\u6211\u4f1a|\u6211\u6765|\u6211\u9700\u8981)"
                    + "|^(?iu:(?:(?:jetzt|nun|als n\u00e4chstes|zuerst|dann),?\\s+)?(?:ich werde|werde ich|lass mich)\\b)");
    private static final Pattern REPORTED =
            Pattern.compile("(?i)\\b(?:says?|said|prints?|printed|reads|repl(?:y|ies|ied)"
                    + "|answers?|answered|end(?:s|ed) (?:with|in)|phrases?|such as|outputs?|announce[sd]?|messages?|logs?|transcript"
                    + "|sentences?|wrote)\\b");
    private static final Pattern WHETHER =
            Pattern.compile("(?i)\\b(check|see|verify|test|determine|confirm|find out|look|understand) if\\b");
    private static final Pattern CONDITIONAL =
            Pattern.compile("(?i)^please\\b|\\b(?:if (?:you|that|this|it|there|needed|necessary|any"
                    + "|not)|once (?:you|that|this|I (?:have|hear|know))|when(?:ever)? you|after you|as soon as you|unless|let me know"
                    + "|would you|do you want|should I|shall I|please (?:confirm|provide|tell|let|share|specify|clarify)|you can"
                    + "|you could|you may|you might|you['\u2019]ll (?:need|have|want)|from now on|in (?:the )?future|next time|later on"
                    + "|happy to|glad to|feel free|before I (?:can|go|do|start|proceed|continue|make)|for you to"
                    + "|I will not|I won['\u2019]t|not going to|I (?:cannot|can['\u2019]t|could not|couldn['\u2019]t|am unable|am not able)|I have no"
                    + "|wenn du|falls)\\b|\u5982\u679c");
    private static final Pattern NEEDS_PERSON = Pattern.compile(
            "(?i)\\b(?:I(?:['\u2019]ll| will)? (?:need|have|want) to (?:know|hear|see (?:the|your)|get (?:the|your|more) (?:info|details|answer|permission))"
                    + "|your (?:approval|confirmation|permission|answer|input|decision))\\b");
    private static final Pattern ADMITS =
            Pattern.compile("(?i)\\b(?:I|we)\\s+(?:could not|couldn['\u2019]t|cannot|can['\u2019]t"
                    + "|was unable|am unable|were unable|was not able|am not able|did not manage|gave up|failed to|do not know"
                    + "|don['\u2019]t know)\\b|\\bunable to\\b|\\bstill (?:fail|failing|fails|broken)\\b"
                    + "|\\b(?:not|isn['\u2019]t|is not|are not|aren['\u2019]t) (?:fixed|done|finished|possible|passing|solved|complete)\\b"
                    + "|\\b(?:does not|doesn['\u2019]t|do not|don['\u2019]t) pass\\b|\\bunfinished\\b|\\bnot yet\\b|\\bunrelated\\b"
                    + "|\\bpre-?existing\\b|\\bnothing to do with\\b"
                    + "|\\b(?:no|without any|any) (?:further )?(?:code )?changes? (?:is|are|was|were|needed|necessary|required)\\b"
                    + "|\\b(?:need|require)s? no (?:further )?changes?\\b|\\balready (?:does|is|has|have|are|works?|correct|exists?"
                    + "|passes|fixed|handles|there|contains)\\b|\\bnothing (?:to|needs|has to|had to) (?:be )?(?:chang|fix|do)"
                    + "|\\b(?:did not change|made no change)");
    private static final Pattern CLAIMS = Pattern.compile(
            "(?i)\\b(?:done|finished|completed?|fixed|created|added|updated|implemented|changed"
                    + "|removed|deleted|renamed|refactored|replaced|rewrote|rewritten|wrote|written|modified|corrected|solved|resolved"
                    + "|moved|converted|extended|applied|introduced|now (?:works?|pass(?:es)?|returns?|handles?|prints?|uses?|has|is))\\b|\u5b8c\u6210");

    private final String last;
    private final String introduction;
    private final String whole;
    private final boolean showsCode;

    private Ending(String last, String introduction, String whole, boolean showsCode) {
        this.last = last;
        this.introduction = introduction;
        this.whole = whole;
        this.showsCode = showsCode;
    }

    public static Ending of(String text) {
        String unfenced = FENCE.matcher(text).replaceAll("\n");
        String own = QUOTED_LINE.matcher(unfenced).replaceAll("");
        own = CODE_WORD.matcher(own).replaceAll("X");
        own = QUOTATION.matcher(own).replaceAll("X");
        own = EMPHASIS.matcher(own).replaceAll("");
        List<String> lines = own.lines()
                .map(line -> DECORATION.matcher(line).replaceAll("").strip())
                .filter(line -> !line.isEmpty() && !MARK.matcher(line).matches())
                .toList();
        int at = lines.size() - 1;
        while (at > 0 && LIST_ITEM.matcher(lines.get(at)).matches()) {
            at--;
        }
        boolean list = at < lines.size() - 1;
        String lastLine = lines.isEmpty() ? "" : lines.getLast();
        String item = LIST_ITEM.matcher(lastLine).replaceFirst("$1");
        return new Ending(lastSentence(item), list ? lastSentence(lines.get(at)) : "", own, !unfenced.equals(text));
    }

    private static String lastSentence(String line) {
        List<String> sentences = Arrays.stream(SENTENCE_END.split(line))
                .filter(s -> !s.isBlank())
                .toList();
        return sentences.isEmpty() ? "" : sentences.getLast().strip();
    }

    /** What the reply says that it will do next, if it ends so. */
    public Optional<String> announcement() {
        return asks() ? Optional.empty() : announcedIn(last).or(() -> announcedIn(introduction));
    }

    private static Optional<String> announcedIn(String sentence) {
        Matcher announced = ANNOUNCED.matcher(sentence);
        boolean own = announced.find()
                        && !REPORTED.matcher(sentence.substring(0, announced.start()))
                                .find()
                || UNDER_WAY.matcher(sentence).find()
                || OTHER_TONGUES.matcher(sentence).find();
        boolean open = CONDITIONAL
                        .matcher(WHETHER.matcher(sentence).replaceAll("$1 whether"))
                        .find()
                || NEEDS_PERSON.matcher(sentence).find();
        return own && !open ? Optional.of(sentence) : Optional.empty();
    }

    /** Whether it ends with a question, or waits for an answer. */
    public boolean asks() {
        String end = last.replaceAll("[)\\]\\s*_]+$", "");
        return end.endsWith("?")
                || end.endsWith("\uff1f")
                || last.matches(
                        "(?i).*\\b(?:please (?:confirm|provide|tell|let|share|specify|clarify)|let me know)\\b.*");
    }

    /** Whether it says that the work is not done, or that nothing has to be. */
    public boolean admits() {
        return ADMITS.matcher(whole).find();
    }

    /** Whether it says that something was done. */
    public boolean claims() {
        return CLAIMS.matcher(whole).find();
    }

    /** Whether it shows code in a block. */
    public boolean showsCode() {
        return showsCode;
    }
}
