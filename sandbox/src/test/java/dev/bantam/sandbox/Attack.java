package dev.bantam.sandbox;

/** What commands might do to the machine that they run on. A row each in the table of the README. */
public enum Attack {
    WRITE_OUTSIDE("write a file outside the workspace"),
    HOST_SECRET("read a secret in the home folder, or /etc/shadow"),
    HOST_PROCESSES("see a process of the host and kill it"),
    ENVIRONMENT("find the agent's environment in /proc"),
    NETWORK("have a network interface other than its own loopback"),
    HOST_LOOPBACK("connect to a server on the host's loopback"),
    HOST_SOCKET("reach a socket file of the host, such as the engine's"),
    NAMESPACES("mount in new namespaces"),
    PRIVILEGES("have a capability, or gain rights through setuid"),
    KERNEL_SETTINGS("open /proc/sys/kernel/core_pattern to write"),
    SYMBOLIC_LINK("read outside through a symbolic link"),
    HARD_LINK("link an outside file into the workspace"),
    KEYS("read the keys of the user's login session"),
    FORK_BOMB("start more processes than allowed"),
    MEMORY("use more memory than allowed, or pass it off as a failure"),
    FILL_TMP("fill /tmp beyond its size"),
    FILL_WORKSPACE("fill the workspace's disk"),
    HIDE_FROM_THE_LIMIT("go on after its time limit, without its parents and its environment"),
    ENDLESS_OUTPUT("fill memory or a log by printing without end"),
    OUTLIVE_THE_AGENT("go on when the agent is killed");

    private final String words;

    Attack(String words) {
        this.words = words;
    }

    /** Follows “a command can …”. */
    public String words() {
        return words;
    }
}
