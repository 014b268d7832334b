package dev.bantam.ext.toolcallrepair;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a text that looks like one or more calls.
 *
 * @param end behind its last character
 * @param drafts the calls; empty if there is a fault
 * @param fault why it cannot be read, for the model
 */
record Candidate(Form form, int start, int end, List<Draft> drafts, Optional<String> fault) {
    Candidate {
        drafts = List.copyOf(drafts);
    }

    static Candidate read(Form form, int start, int end, List<Draft> drafts) {
        return new Candidate(form, start, end, drafts, Optional.empty());
    }

    static Candidate faulty(Form form, int start, int end, String fault) {
        return new Candidate(form, start, end, List.of(), Optional.of(fault));
    }
}
