package dev.bantam.model;

import static dev.bantam.model.Asking.saysOk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.bantam.api.ChatModel;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.model.remote.TokenEstimate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with an efficient tokenizer that reads whole prompts of every sort, and one that cuts them. */
class HonestCountTest {
    private static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    /** Texts of well over a thousand tokens: below that nothing is compared. */
    private enum Sort {
        ENGLISH(mixed("I don't think that we've seen internationalization, responsibilities and it's developers'.")),
        GERMAN(mixed("Die Geschwindigkeitsbegrenzung auf Autobahnen wird für Krankenversicherungen veröffentlicht .")),
        FRENCH(mixed("l'école n'est pas ouverte aujourd'hui parce que les élèves sont à l'hôpital .")),
        VIETNAMESE(mixed("chính phủ đã thông báo rằng năm nay sẽ xây dựng nhiều trường học mới cho người dân .")),
        RUSSIAN(mixed("правительство сообщило что в этом году будет построено несколько новых школ и больниц .")),
        HINDI("सरकार ने कहा है कि इस वर्ष किसानों को सहायता दी जाएगी और प्रधानमंत्री कार्यक्रम में शामिल होंगे। "
                .repeat(150)),
        HINDI_WORDS(mixed("यह एक छोटी कहानी है जिसमें एक किसान अपने खेत में काम करता है ।")),
        ARABIC(mixed("في هذا العام قامت الحكومة بتنفيذ برنامج جديد من أجل تطوير التعليم والصحة في المدن ،")),
        HEBREW(mixed("ממשלת ישראל הודיעה כי השנה ייבנו בתי ספר חדשים עבור תושבי העיר .")),
        THAI(mixed("ประเทศไทย รัฐบาล การ พัฒนา ความ ที่ ได้ เป็น ของ การศึกษา").replace(" ", "")),
        CHINESE("政府表示，今年将为人民建设更多的学校和医院，因为经济发展需要我们进行管理。".repeat(150)),
        JAPANESE("政府は今年、新しい学校と病院を建設すると発表しました。".repeat(200)),
        KOREAN(mixed("정부는 올해 새로운 학교와 병원을 건설할 것이라고 발표했다 인구가 증가하고 있기 때문이다 .")),
        EMOJI("😂".repeat(6_000)),
        EMOJI_OF_MANY_SIGNS(mixed("😀 😂😂😂 🎉 👍🏽 ❤️ 👨‍👩‍👧‍👦 🇩🇪 🚀 ✅")),
        BASE64(Base64.getEncoder().encodeToString(random(9_000))),
        BASE64_OF_ZEROS(Base64.getEncoder().encodeToString(new byte[30_000])),
        ONE_LETTER("a".repeat(30_000)),
        HEXADECIMAL(new java.math.BigInteger(1, random(6_000)).toString(16)),
        SPACES(" ".repeat(200_000)),
        NEWLINES("\n".repeat(30_000)),
        INDENTATION(("\t".repeat(7) + "x\n" + " ".repeat(40) + "y\r\n").repeat(900)),
        RULES(("=".repeat(100) + "\n" + " ".repeat(100) + "x\n").repeat(400)),
        TABLE("| name                 | value      |   |\n|----------------------|-----------:|---|\n".repeat(200)),
        DRAWN_TABLE("│ name      │ value      │\n├───────────┼────────────┤\n".repeat(300)),
        DRAWN_LINE("═".repeat(20_000)),
        NUMBERS("12,7,345,1000000,0.123456789\n".repeat(300)),
        JSON("{\"id\": 17, \"name\": \"n17\", \"ok\": true, \"value\": null},\n    ".repeat(200)),
        MINIFIED(("!function(e,t){\"object\"==typeof exports?module.exports=t():e.addEventListener(\"load\",function(){"
                        + "var n=document.getElementById('a');n&&(n.innerHTML=e[0]||[]);for(;i<r;)i++})}(this);")
                .repeat(60)),
        IDENTIFIERS(mixed("NullPointerException IllegalArgumentException InvalidOperationException ViewController")),
        COMMENTS("//////////\n// foo\n}\n/* x */\n".repeat(400));

        private final String text;

        Sort(String text) {
            this.text = text;
        }

        /** The words in a random order, so that neither phrases nor repetitions count. */
        private static String mixed(String sentence) {
            String[] words = sentence.split(" ");
            Random random = new Random(1);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 2_500; i++) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            return text.toString();
        }

        private static byte[] random(int length) {
            byte[] bytes = new byte[length];
            new Random(1).nextBytes(bytes);
            return bytes;
        }
    }

    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static long tokens(String text) {
        return O200K.countTokensOrdinary(text);
    }

    private ModelException cutTo(long reported, String prompt) throws Exception {
        server.thenStream(saysOk(reported));
        try (ChatModel model = Asking.open("vllm/any", server)) {
            return catchThrowableOfType(
                    ModelException.class,
                    () -> model.reply(Asking.request(Message.User.of(prompt)), ReplyListener.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFloorLeavesRoomForOtherTokenizers(Sort sort) {
        assertThat(TokenEstimate.atLeast(sort.text)).isLessThanOrEqualTo(Math.toIntExact(tokens(sort.text) + 1));
    }

    @ParameterizedTest
    @EnumSource
    void honestCountsOfAGrowingConversationRaiseNoAlarm(Sort sort) throws Exception {
        long once = tokens(sort.text);
        assertThat(once).isGreaterThan(1_000);
        server.thenStream(saysOk(10 + once)).thenStream(saysOk(20 + 2 * once));
        try (ChatModel model = Asking.open("vllm/any", server)) {
            List<Message> messages = new ArrayList<>(List.of(Message.User.of(sort.text)));
            messages.add(model.reply(Asking.request(messages.toArray(Message[]::new)), ReplyListener.NONE)
                    .message());
            messages.add(Message.User.of(sort.text));
            assertThatCode(() -> model.reply(Asking.request(messages.toArray(Message[]::new)), ReplyListener.NONE))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENGLISH", "RUSSIAN", "HINDI", "CHINESE", "JAPANESE", "ARABIC", "MINIFIED"})
    void thinkingThatTheTemplateDropsRaisesNoAlarm(Sort sort) throws Exception {
        server.thenStream(saysOk(1_500 + tokens(sort.text))).thenStream(saysOk(1_530));
        try (ChatModel model = Asking.open("vllm/any", server)) {
            List<Message> messages = new ArrayList<>(List.of(
                    Message.User.of("word ".repeat(1_400)),
                    new Message.Assistant(List.of(new Part.Thinking(sort.text), new Part.Text("Done.")), Finish.STOP),
                    Message.User.of("Check it.")));
            messages.add(model.reply(Asking.request(messages.toArray(Message[]::new)), ReplyListener.NONE)
                    .message());
            messages.add(Message.User.of("And now the tests."));
            assertThatCode(() -> model.reply(Asking.request(messages.toArray(Message[]::new)), ReplyListener.NONE))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void cutsOfProseAndCodeAreStillNoticed() throws Exception {
        for (Sort sort : List.of(Sort.ENGLISH, Sort.FRENCH, Sort.JSON, Sort.MINIFIED, Sort.IDENTIFIERS, Sort.TABLE)) {
            String prompt = sort.text.repeat((int) (16_000 / tokens(sort.text)) + 1);
            assertThat(cutTo(4_096, prompt)).as("%s cut to 4096", sort).isNotNull();
            assertThat(cutTo(2_051, prompt)).as("%s cut to half of it", sort).isNotNull();
        }
    }

    @Test
    void cutsOfOtherScriptsToAWindowAreStillNoticed() throws Exception {
        for (Sort sort : List.of(Sort.HINDI, Sort.CHINESE, Sort.ARABIC, Sort.RUSSIAN)) {
            String prompt = sort.text.repeat((int) (16_000 / tokens(sort.text)) + 1);
            assertThat(cutTo(4_096, prompt)).as("%s cut to 4096", sort).isNotNull();
        }
    }
}
