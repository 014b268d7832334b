package dev.bantam.app.setup;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/**
 * The program's standard error, and which of its streams are terminals.
 *
 * <p>The JVM announces the Vector API's incubator module on descriptor 2 before any of our code runs, at every start. The
 * launcher therefore moves the real standard error to another descriptor and names it in {@code bantam.stderr}; this
 * class takes it up from there.
 */
public final class StandardError {
    private static final String DESCRIPTOR = "bantam.stderr";

    private StandardError() {}

    public static PrintStream open() {
        PrintStream stream = new PrintStream(new FileOutputStream(descriptor()), true, StandardCharsets.UTF_8);
        System.setErr(stream);
        return stream;
    }

    /** Needs {@code --add-opens java.base/java.io=ALL-UNNAMED}, which the launcher gives together with the property. */
    private static FileDescriptor descriptor() {
        Integer number = Integer.getInteger(DESCRIPTOR);
        if (number == null) {
            return FileDescriptor.err;
        }
        try {
            FileDescriptor descriptor = new FileDescriptor();
            Field field = FileDescriptor.class.getDeclaredField("fd");
            field.setAccessible(true);
            field.setInt(descriptor, number);
            return descriptor;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return FileDescriptor.err;
        }
    }

    /** Whether descriptor 0, 1 or 2 is a terminal; the launcher tells, since the JDK only knows of all together. */
    public static boolean isTerminal(int descriptor) {
        String told = System.getProperty("bantam.terminals");
        if (told != null) {
            return told.contains(String.valueOf(descriptor));
        }
        return System.console() != null && System.console().isTerminal();
    }
}
