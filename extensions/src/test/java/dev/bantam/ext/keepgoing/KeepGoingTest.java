package dev.bantam.ext.keepgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.Rig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class KeepGoingTest {
    static final List<String> ANNOUNCING = List.of(
            "Now let me write the file.",
            "Now I'll write the file. \ud83d\ude80",
            "Let me fix this now! \u2728",
            "\u2705 Creating the file now \ud83d\udc4d\ud83c\udffd",
            "Let me look at the code first.",
            "I'll create the test now.",
            "I\u2019ll create the test now.",
            "I will now run the tests.",
            "I'm going to fix the off-by-one error.",
            "I am about to update the config.",
            "Okay, let me check the directory.",
            "Great! Now I'll update the README.",
            "The bug is in parse(). Let me fix it.",
            "The tests fail, so I'll fix the parser.",
            "First, I need to read the file.",
            "Next, I will add the missing import.",
            "Let's start by exploring the project.",
            "Let us run the tests again.",
            "I need to see what is in main.py.",
            "Let me check if there are any tests.",
            "Let me see if it works.",
            "Now let me write the file:",
            "Now let me write the file:\n```python\nx = 1\n```",
            "I'll edit `src/a.py` to fix this.",
            "**Now I'll implement the function.**",
            "Step 1: Let me look at the file.",
            "My next step is to refactor the loop.",
            "Proceeding to the next file.",
            "Moving on to the tests.",
            "Creating the file now.",
            "Running the tests...",
            "Now writing the implementation.",
            "I'm now going to apply the change",
            "I have to install the dependency first.",
            "Alright, time to write some code.",
            "I'll do the following:\n1. Read a.py\n2. Fix the bug\n3. Run the tests",
            "Here is the problem.\n\nI will make these changes:\n- rename x\n- drop y",
            "- I found the bug\n- Now I'll fix it",
            "That did not work. Let me try a different approach.",
            "The file is there \u2014 I'll open it.",
            "We need to change the type of count. Let me do that.",
            "We'll add a guard for empty lists.",
            "All that's left is to run the linter.",
            "So now I can now see the issue; I'll correct the index.",
            "I should check the other callers too.",
            "I want to verify that it compiles.",
            "Then I will remove the old helper.",
            "Let me go ahead and implement this.",
            "Let me think about how to do this.",
            "The next thing to do is run the tests.",
            "Now, on to the tests.",
            "Then let me finalize the changes.",
            "Let me write the file:\n\n<file>",
            "\u73b0\u5728\u8ba9\u6211\u4fee\u6539\u8fd9\u4e2a\u6587\u4ef6\u3002",
            "Als N\u00e4chstes werde ich die Datei \u00e4ndern.");

    static final List<String> AT_ITS_END = List.of(
            "Done.",
            "I fixed the bug in parse().",
            "The file now handles empty lists, and all tests pass.",
            "I created src/a.py and ran the tests.",
            "Let me know if you need anything else.",
            "Let me know what you think!",
            "Would you like me to run the tests?",
            "Shall I go on and update the docs?",
            "Now I'll update the docs, shall I? \ud83d\ude42",
            "I found two ways. Which one should I implement?",
            "If you want, I'll add tests too.",
            "I'll add more tests if you like.",
            "I'll continue once you confirm.",
            "Please tell me which file, and I will change it.",
            "Before I make this change, I need your approval.",
            "I can run the linter as well if you like.",
            "I'll wait for your answer.",
            "I will not change anything else.",
            "I won't touch the other files.",
            "I cannot run the tests here.",
            "I need to create the file, but I cannot write outside the workspace.",
            "The model said \"Now let me write the file.\" and then stopped.",
            "It ended with: \u201cI'll run the tests now.\u201d",
            "The log says: Now let me write the file.",
            "The reply ends with Now let me write the file",
            "> Now let me write the file.",
            "The text was:\n> I'll run the tests now.\n",
            "```\nNow let me write the file.\n```",
            "The phrase `Now let me write` comes up three times.",
            "You can run it with `npm start`.",
            "Next, run `npm start` to try it.",
            "You should add a test for this.",
            "I should add that this only works on Linux.",
            "I should mention one caveat: it is slow.",
            "From now on I'll use tabs.",
            "The function will now create the file when it is missing.",
            "The program will run the tests at night.",
            "In summary, I let the parser skip blank lines.",
            "The answer is 42.",
            "It returns the first match.",
            "I would recommend a cache here.",
            "I could also use a map, but this is simpler.",
            "Next steps:\n- Add tests\n- Update the docs",
            "What I did:\n1. Read the file\n2. Fixed the index\n3. Ran the tests",
            "Let me list the changes I made:\n- a\n- b",
            "Let me summarize: the index was off by one.",
            "I have updated the config, and the tests pass now.",
            "Everything works now.",
            "Feel free to ask for more.",
            "I'm happy to make further changes.",
            "I'll stop here.",
            "Please restart the app, then I will check again.",
            "\u5df2\u7ecf\u5b8c\u6210\u4e86\u3002");

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("ANNOUNCING")
    void aReplyThatAnnouncesIsAskedForItsCall(String ending) {
        Rig rig = new Rig(folder).with(new KeepGoing());
        rig.model.says(ending).calls("bash", "command", "make").says("Done.");

        assertThat(rig.run("go").turns()).isEqualTo(3);
        assertThat(rig.model.requests().get(1).messages().getLast().text())
                .startsWith("Your reply ended with \"")
                .endsWith(
                        "\", but it had no tool call, so nothing was done. Make the call now; the tools are: read, write,"
                                + " edit, bash. If nothing is left to do, say in one sentence what you did.");
        assertThat(rig.decisions()).containsExactly("keep-going turn take_up");
    }

    @ParameterizedTest
    @FieldSource("AT_ITS_END")
    void aReplyThatDoesNotIsTheEnd(String ending) {
        Rig rig = new Rig(folder).with(new KeepGoing());
        rig.model.says(ending);

        assertThat(rig.run("go").turns()).isOne();
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void twiceInARowIsEnough() {
        Rig rig = new Rig(folder).with(new KeepGoing());
        rig.model.says("I'll do it now.").says("I'll do it now.").says("I'll do it now.");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.decisions()).containsExactly("keep-going turn take_up", "keep-going turn take_up");
    }

    @Test
    void aCallInBetweenBeginsANewRow() {
        Rig rig = new Rig(folder).with(new KeepGoing());
        for (int i = 0; i < 4; i++) {
            rig.model.says("Let me run step " + i + ".").calls("bash", "command", "step " + i);
        }
        rig.model.says("Done.");

        rig.run("go");

        assertThat(rig.sandbox.commands()).hasSize(4);
    }

    @Test
    void aReplyIsGoneOnWithWhereTheModelCan() {
        Rig rig = new Rig(folder).with(new KeepGoing());
        rig.model.able(new Capabilities(true, false, true, false, true, false, false, true));
        rig.model.says("Let me run it.");
        rig.model.answers(new Message.Assistant(
                List.of(
                        new Part.Text("Let me run it."),
                        new Part.ToolCall("c", "bash", Arguments.of("command", "make"))),
                Finish.TOOL_CALLS));
        rig.model.says("Done.");

        rig.run("go");

        ChatRequest second = rig.model.requests().get(1);
        assertThat(second.purpose()).isEqualTo(ChatRequest.Purpose.TAKE_UP);
        assertThat(second.messages().getLast().text()).isEqualTo("Let me run it.");
        assertThat(rig.sandbox.commands()).hasSize(1);
        assertThat(rig.conversation().stream().map(Message::text))
                .noneMatch(text -> text.startsWith("Your reply ended"));
    }

    @Test
    void whereAnotherHasObjectedItSaysNothing() {
        Hooks objecting = new Hooks() {
            @Override
            public TurnVerdict judgeTurn(Turn turn) {
                return turn.number() == 1 ? new TurnVerdict.Nudge("mine", "mine") : TurnVerdict.NO_OPINION;
            }
        };
        Rig rig = new Rig(folder).with("other", objecting).with(new KeepGoing());
        rig.model.says("Let me run it.").says("Done.");

        rig.run("go");

        assertThat(rig.decisions()).containsExactly("other turn nudge");
    }

    @Test
    void theNextPromptStartsAnew() {
        Rig rig = new Rig(folder).with(new KeepGoing());
        for (int i = 0; i < 2; i++) {
            rig.model.says("I'll do it now.").says("I'll do it now.").says("I'll do it now.");
            rig.run("go");
        }

        assertThat(rig.decisions()).hasSize(4);
    }
}
