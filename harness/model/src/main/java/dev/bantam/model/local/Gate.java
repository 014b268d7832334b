package dev.bantam.model.local;

import dev.bantam.api.ReplyListener;

/** Lets a listener hear only what comes once it is open. */
final class Gate implements ReplyListener {
    private final ReplyListener behind;
    private boolean open;

    Gate(ReplyListener behind, boolean open) {
        this.behind = behind;
        this.open = open;
    }

    void open() {
        open = true;
    }

    @Override
    public void text(String delta) {
        if (open) {
            behind.text(delta);
        }
    }

    @Override
    public void thinking(String delta) {
        if (open) {
            behind.thinking(delta);
        }
    }

    @Override
    public boolean enough() {
        return behind.enough();
    }
}
