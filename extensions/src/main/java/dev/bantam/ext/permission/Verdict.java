package dev.bantam.ext.permission;

/** What may follow, from the mildest. */
enum Verdict {
    ALLOW,
    ASK,
    DENY
}
