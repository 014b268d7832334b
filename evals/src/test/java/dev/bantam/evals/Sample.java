package dev.bantam.evals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small repository with a failing test, and what a model says that mends it. */
enum Sample {
    JAVA(
            "src/Cart.java",
            Map.of("src/Cart.java", """
                    public class Cart {
                        static int total(int[] prices) {
                            int total = 0;
                            for (int i = 1; i < prices.length; i++) {
                                total += prices[i];
                            }
                            return total;
                        }
                    }
                    """, "src/CartTest.java", """
                    public class CartTest {
                        public static void main(String[] args) {
                            int total = Cart.total(new int[] {4, 5, 6});
                            if (total != 15) {
                                System.out.println("FAIL: expected 15 but was " + total);
                                System.exit(1);
                            }
                            System.out.println("all tests passed");
                        }
                    }
                    """, ".gitignore", "out/\n"),
            "int i = 1;",
            "int i = 0;",
            "javac -d out src/*.java && java -cp out CartTest"),
    PYTHON(
            "shop/cart.py",
            Map.of(
                    "shop/cart.py",
                    """
                    def total(prices):
                        result = 0
                        for price in prices[1:]:
                            result += price
                        return result
                    """,
                    "shop/__init__.py",
                    "",
                    "tests/__init__.py",
                    "",
                    "tests/test_cart.py",
                    """
                    import unittest

                    from shop.cart import total


                    class CartTest(unittest.TestCase):
                        def test_total(self):
                            self.assertEqual(total([4, 5, 6]), 15)
                    """,
                    ".gitignore",
                    "__pycache__/\n"),
            "prices[1:]",
            "prices",
            "python3 -m unittest tests.test_cart");

    final String file;
    final String wrong;
    final String right;
    final String test;
    private final Map<String, String> files;

    Sample(String file, Map<String, String> files, String wrong, String right, String test) {
        this.file = file;
        this.files = files;
        this.wrong = wrong;
        this.right = right;
        this.test = test;
    }

    String task() {
        return "The test fails: " + test + ". Fix " + file + ".";
    }

    /** Looks, reads, mends, tests, and ends. */
    Said[] replies() {
        return List.of(
                        Said.call("bash", "command", test).withText("I run the test first."),
                        Said.call("read", "path", file),
                        Said.call("edit", "path", file, "old_text", wrong, "new_text", right),
                        Said.call("bash", "command", test).withText("Once more: “läuft” 🐓"),
                        Said.text("The loop left out the first price. The test passes now."))
                .toArray(Said[]::new);
    }

    /** Lays the files out and commits them. */
    void layOut(Packaged bantam) throws IOException, InterruptedException {
        for (Map.Entry<String, String> each : files.entrySet()) {
            bantam.file(each.getKey(), each.getValue());
        }
        Path folder = bantam.workspace();
        git(folder, "init", "-q");
        git(folder, "add", ".");
        git(
                folder,
                "-c",
                "user.name=T",
                "-c",
                "user.email=t@localhost",
                "-c",
                "commit.gpgsign=false",
                "commit",
                "-qm",
                "A shop");
    }

    String original() {
        return files.get(file);
    }

    boolean passes(Packaged bantam) throws IOException, InterruptedException {
        return exit(bantam.workspace(), "sh", "-c", test) == 0;
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        if (exit(folder, command) != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static int exit(Path folder, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
