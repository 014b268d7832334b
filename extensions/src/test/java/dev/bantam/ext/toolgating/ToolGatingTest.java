package dev.bantam.ext.toolgating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.Part;
import dev.bantam.api.Setting;
import dev.bantam.api.ToolSpec;
import dev.bantam.core.settings.Settings;
import dev.bantam.ext.FileTools;
import dev.bantam.ext.FolderWorkspace;
import dev.bantam.ext.Rig;
import dev.bantam.ext.TestContext;
import dev.bantam.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolGatingTest {
    @TempDir
    Path folder;

    private List<String> offered(Rig rig) {
        rig.model.says("ok");
        rig.run("go");
        return rig.model.lastRequest().tools().stream().map(ToolSpec::name).toList();
    }

    private Rig rig() {
        return new Rig(folder).with(new ToolGating());
    }

    @Test
    void offersEverythingUntilItIsConfigured() {
        Rig rig = rig();

        assertThat(offered(rig)).containsExactly("read", "write", "edit", "bash");
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void offersWhatThePatternsAllow() {
        assertThat(offered(rig().set("tool-gating.allow", List.of("read", "*IT*"))))
                .containsExactly("read", "write", "edit");
        assertThat(offered(rig().set("tool-gating.deny", List.of("b*")))).containsExactly("read", "write", "edit");
        assertThat(offered(
                        rig().set("tool-gating.allow", List.of("*")).set("tool-gating.deny", List.of("bash", "edit"))))
                .containsExactly("read", "write");
    }

    @Test
    void aToolThatIsNotOfferedDoesNotRun() {
        Rig rig = rig().set("tool-gating.deny", List.of("bash"));
        rig.model.calls("bash", "command", "touch x").says("ok");

        rig.run("go");

        assertThat(rig.sandbox.commands()).isEmpty();
        assertThat(rig.lastRead()).contains("there is no tool bash", "read, write, edit");
    }

    /** A tool can come to a call past the schema: an extension that failed to answer, or one that renames. */
    @Test
    void isAskedOnceMoreBeforeACall() throws Exception {
        ToolGating gating = new ToolGating();
        Settings settings =
                Settings.declare(gating.settings()).with("test", Map.of("tool-gating.allow", List.of("read")));
        var hooks = gating.open(
                TestContext.of(new ScriptedModel(), new FolderWorkspace(folder), FileTools.SPECS, settings));

        CallVerdict verdict = hooks.judgeCall(new Part.ToolCall("1", "bash", Arguments.of("command", "ls")));

        assertThat(verdict).isInstanceOf(CallVerdict.Refuse.class);
        assertThat(((CallVerdict.Refuse) verdict).text())
                .isEqualTo(
                        "bash refused: this tool is not allowed in this run. Nothing was done. The tools are: read.");
        assertThat(hooks.judgeCall(new Part.ToolCall("1", "read", Arguments.of("path", "a"))))
                .isEqualTo(CallVerdict.ALLOW);
    }

    @Test
    void tellsOfAPatternThatMeansNoTool() {
        Rig rig = rig().set("tool-gating.deny", List.of("web_*"));

        offered(rig);

        assertThat(rig.events(Event.Decided.class))
                .extracting(Event.Decided::reason)
                .anySatisfy(reason -> assertThat(reason).startsWith("no tool is meant by web_*"));
    }

    @Test
    void onlyTheUserMaySetIt() {
        assertThat(new ToolGating().settings())
                .allSatisfy(setting -> assertThat(setting.scope()).isEqualTo(Setting.Scope.USER));
    }
}
