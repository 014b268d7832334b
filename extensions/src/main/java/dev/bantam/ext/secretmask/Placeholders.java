package dev.bantam.ext.secretmask;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Gives a secret its name: its kind and a hash, salted with random bytes of this user so that nobody can guess from it. */
final class Placeholders {
    static final Pattern ANY = Pattern.compile("\\[secret:[a-z0-9-]+:[0-9a-f]{8}]");
    private static final int SALT_BYTES = 32;
    private static final int HASH_BYTES = 4;

    private final byte[] salt;

    private Placeholders(byte[] salt) {
        this.salt = salt;
    }

    static Placeholders of(Path folder) {
        Path file = folder.resolve("salt");
        try {
            if (!Files.isRegularFile(file)) {
                byte[] made = new byte[SALT_BYTES];
                new SecureRandom().nextBytes(made);
                Path written = Files.createTempFile(folder, "salt", ".tmp"); // for the owner alone
                Files.write(written, made);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Placeholders(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            byte[] hash = mac.doFinal(secret.value().getBytes(StandardCharsets.UTF_8));
            return "[secret:" + secret.kind() + ":" + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + "]";
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
