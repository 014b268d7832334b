package dev.bantam.ext.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A part of the README that is generated. {@code mvn -pl extensions -am test -Dtest=ReadmeTablesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update=true} writes it anew; look at the difference before you commit it.
 */
record Section(String name) {
    private static final Path README = Path.of("README.md");

    void isOrBecomes(String text) throws IOException {
        String readme = Files.readString(README);
        String begin = "<!-- generated: " + name + " -->\n";
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf("<!-- end -->", from);
        assertThat(readme).contains(begin);
        if (Boolean.getBoolean("golden.update")) {
            Path fresh = Files.writeString(
                    README.resolveSibling("README.md.new"), readme.substring(0, from) + text + readme.substring(to));
            Files.move(fresh, README, StandardCopyOption.REPLACE_EXISTING);
        } else {
            assertThat(readme.substring(from, to)).isEqualTo(text);
        }
    }
}
