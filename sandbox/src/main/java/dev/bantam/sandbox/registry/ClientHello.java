package dev.bantam.sandbox.registry;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first message of a TLS connection (RFC 8446, section 4.1.2), as far as it tells which host it is meant for. Behind
 * one address of a content network lie many hosts, so the name that was asked for says too little.
 */
final class ClientHello {
    static final int RECORD_HEADER_BYTES = 5;
    static final int MAX_RECORD_BYTES = 16_384;

    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM_BYTES = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int ENCRYPTED_HELLO = 0xfe0d; // hides another name behind the open one

    private ClientHello() {}

    /** The length of the record that begins so; 0 when it cannot hold such a message. */
    static int recordBytes(byte[] header) {
        int length = (header[3] & 0xFF) << 8 | header[4] & 0xFF;
        return header[0] == HANDSHAKE_RECORD && length <= MAX_RECORD_BYTES ? length : 0;
    }

    /** Whether this record is a whole message to this host and to no other. */
    static boolean names(byte[] record, String host) {
        try {
            return names(ByteBuffer.wrap(record), host);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false; // cut off, or no such message
        }
    }

    private static boolean names(ByteBuffer message, String host) {
        if (message.get() != CLIENT_HELLO
                || ((message.get() & 0xFF) << 16 | unsigned(message)) != message.remaining()) {
            return false;
        }
        skip(message, VERSION_AND_RANDOM_BYTES);
        skip(message, message.get() & 0xFF); // session
        skip(message, unsigned(message)); // ciphers
        skip(message, message.get() & 0xFF); // compression
        ByteBuffer extensions = part(message);
        boolean named = false;
        while (extensions.hasRemaining()) {
            int type = unsigned(extensions);
            ByteBuffer content = part(extensions);
            if (type == ENCRYPTED_HELLO || type == SERVER_NAME && (named || !isAlone(content, host))) {
                return false;
            }
            named |= type == SERVER_NAME;
        }
        return named;
    }

    private static boolean isAlone(ByteBuffer content, String host) {
        ByteBuffer names = part(content);
        int type = names.get();
        byte[] name = new byte[unsigned(names)];
        names.get(name);
        return type == 0
                && !names.hasRemaining()
                && Registries.plain(new String(name, StandardCharsets.US_ASCII)).equals(host);
    }

    private static ByteBuffer part(ByteBuffer from) {
        int length = unsigned(from);
        ByteBuffer part = from.slice(from.position(), Math.min(length, from.remaining()));
        skip(from, length);
        return part;
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }

    private static int unsigned(ByteBuffer buffer) {
        return buffer.getShort() & 0xFFFF;
    }
}
