package dev.bantam.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of a kind of sandbox that this machine may not have. Then they do not run, and say so on standard output; with
 * {@code -Dsandboxes=docker,bubblewrap}, or {@code -Pdocker} for the one, the kinds that are named must be there.
 */
@Target(ElementType.TYPE)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SandboxCondition.class)
public @interface NeedsSandbox {
    String value();
}
