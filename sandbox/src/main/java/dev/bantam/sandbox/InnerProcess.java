package dev.bantam.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process inside an enclosure: its output comes through a named pipe, its exit code from the {@link Supervisor}. */
final class InnerProcess extends Process {
    private final int number;
    private final Path script;
    private final Path outputPipe;
    private final Path keyboardPipe;
    private final InputStream output;
    private final OutputStream keyboard;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode;

    /** The pipes exist. */
    InnerProcess(int number, Path folder, boolean hasKeyboard) throws IOException {
        this.number = number;
        script = scriptOf(number, folder);
        outputPipe = outputOf(number, folder);
        keyboardPipe = keyboardOf(number, folder);
        output = new OpenedLate(outputPipe);
        keyboard = hasKeyboard ? new Keyboard(keyboardPipe) : OutputStream.nullOutputStream();
    }

    static Path scriptOf(int number, Path folder) {
        return folder.resolve(number + ".sh");
    }

    static Path outputOf(int number, Path folder) {
        return folder.resolve(number + ".out");
    }

    static Path keyboardOf(int number, Path folder) {
        return folder.resolve(number + ".in");
    }

    int number() {
        return number;
    }

    /** Called once, by the supervisor. */
    void end(int code) {
        exitCode = code;
        ended.countDown();
        release(outputPipe);
        for (Path file : List.of(script, outputPipe, keyboardPipe)) {
            file.toFile().delete(); // else with the folder
        }
    }

    /** Lets go whoever waits for the other end of a named pipe. Opened both ways, a pipe keeps nobody waiting. */
    private static void release(Path pipe) {
        try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
            both.getFD();
        } catch (IOException e) {
            // it is gone, and with it whoever would wait
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return keyboard;
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    @Override
    public int exitValue() {
        if (ended.getCount() > 0) {
            throw new IllegalThreadStateException("the command still runs");
        }
        return exitCode;
    }

    /** Its processes are known by their mark, see {@link ProcessTree}. */
    @Override
    public void destroy() {
        throw new UnsupportedOperationException("end its tree");
    }

    /** Opening a named pipe waits for the other end, so it is left to the thread that reads. */
    private static final class OpenedLate extends InputStream {
        private final Path pipe;
        private InputStream opened;

        OpenedLate(Path pipe) {
            this.pipe = pipe;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (opened == null) {
                opened = Files.newInputStream(pipe);
            }
            int n = opened.read(buffer, from, length);
            if (n < 0) {
                opened.close();
            }
            return n;
        }
    }

    /** Open both ways, so that nobody waits and what is typed early is kept. */
    private static final class Keyboard extends OutputStream {
        private final RandomAccessFile pipe;

        Keyboard(Path pipe) throws IOException {
            this.pipe = new RandomAccessFile(pipe.toFile(), "rw");
        }

        @Override
        public void write(int b) throws IOException {
            pipe.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            pipe.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            pipe.close();
        }
    }
}
