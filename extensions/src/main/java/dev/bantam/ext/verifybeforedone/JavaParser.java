package dev.bantam.ext.verifybeforedone;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Parses Java with the compiler of the Java that runs this, if it has one: no types, no classes, no processors. */
final class JavaParser {
    private JavaParser() {}

    static Optional<String> fault(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return Optional.empty();
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    new StringWriter(), files, found, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            task.parse();
        }
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .filter(each -> !each.getCode().contains("preview"))
                .map(each -> "line " + each.getLineNumber() + ": " + each.getMessage(Locale.ROOT))
                .findFirst();
    }
}
