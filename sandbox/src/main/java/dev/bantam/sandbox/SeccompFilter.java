package dev.bantam.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * System calls that the kernel refuses to commands in an enclosure: what no namespace parts from the rest of the machine,
 * such as the keys of the user's login session, and what has often been a way out. The choice follows the filter that
 * container engines apply; its form is the kernel's classic BPF, see {@code seccomp(2)}.
 */
final class SeccompFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int RETURN = 0x06;

    private static final int ALLOWED = 0x7fff_0000;
    private static final int NOT_PERMITTED = 0x0005_0000 | 1;
    private static final int NOT_IMPLEMENTED = 0x0005_0000 | 38;

    private static final int NUMBER_AT = 0;
    private static final int ARCHITECTURE_AT = 4;

    /** Where a second numbering of x86-64, with pointers of 32 bits, begins. */
    private static final int X32 = 0x4000_0000;

    private static final int DESCRIPTOR = 8;

    /**
     * One processor's numbers, in this order: add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd, kexec_load,
     * kexec_file_load, init_module, finit_module, delete_module, open_by_handle_at, syslog, acct, swapon, swapoff, reboot,
     * quotactl, setns, io_uring_setup, io_uring_enter, io_uring_register.
     *
     * @param architecture as the kernel's audit names it
     */
    private record Processor(int architecture, List<Integer> refused) {}

    private static final Map<String, Processor> PROCESSORS = Map.of(
            "amd64",
            new Processor(
                    0xc000_003e,
                    List.of(
                            248, 249, 250, 321, 298, 323, 246, 320, 175, 313, 176, 304, 103, 163, 167, 168, 169, 179,
                            308, 425, 426, 427)),
            "aarch64",
            new Processor(
                    0xc000_00b7,
                    List.of(
                            217, 218, 219, 280, 241, 282, 104, 294, 105, 273, 106, 265, 116, 89, 224, 225, 142, 60, 268,
                            425, 426, 427)));

    private SeccompFilter() {}

    /**
     * Writes the filter for this machine's processor into the folder.
     *
     * @return what goes before bubblewrap's name, the name, and what tells it of the filter; the name alone where the
     *     processor's numbers are not known
     */
    static List<String> prefix(Path folder, String bubblewrap) throws IOException {
        Processor processor = PROCESSORS.get(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
        if (processor == null) {
            return List.of(bubblewrap);
        }
        Path file = Files.write(folder.resolve("seccomp"), program(processor));
        String open = "exec \"$@\" " + DESCRIPTOR + "<" + Shell.quoted(file.toString());
        return List.of("/bin/sh", "-c", open, "sh", bubblewrap, "--seccomp", Integer.toString(DESCRIPTOR));
    }

    /** Of the architecture, then of the number; jumps are counted from the next instruction. */
    private static byte[] program(Processor processor) {
        int calls = processor.refused.size();
        ByteBuffer out = ByteBuffer.allocate(8 * (calls + 7)).order(ByteOrder.nativeOrder());
        add(out, LOAD_WORD, 0, 0, ARCHITECTURE_AT);
        add(out, JUMP_IF_EQUAL, 1, 0, processor.architecture);
        add(out, RETURN, 0, 0, NOT_IMPLEMENTED);
        add(out, LOAD_WORD, 0, 0, NUMBER_AT);
        add(out, JUMP_IF_AT_LEAST, calls + 1, 0, X32); // to the refusal
        for (int i = 0; i < calls; i++) {
            add(out, JUMP_IF_EQUAL, calls - i, 0, processor.refused.get(i));
        }
        add(out, RETURN, 0, 0, ALLOWED);
        add(out, RETURN, 0, 0, NOT_PERMITTED);
        return out.array();
    }

    private static void add(ByteBuffer out, int code, int jumpIfTrue, int jumpIfFalse, int operand) {
        out.putShort((short) code)
                .put((byte) jumpIfTrue)
                .put((byte) jumpIfFalse)
                .putInt(operand);
    }
}
