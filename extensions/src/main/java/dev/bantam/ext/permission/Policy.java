package dev.bantam.ext.permission;

import java.util.List;

/**
 * What follows from a finding. The user's own words come first: deny, then ask, then allow; then what the person granted;
 * then the default of the risk. What would ruin everything is denied whatever they say.
 *
 * @param inSandbox whether the sandbox keeps commands from the rest of the machine
 */
record Policy(List<Rule> deny, List<Rule> ask, List<Rule> allow, Grants grants, boolean inSandbox, boolean offline) {
    Verdict of(Finding finding) {
        Verdict usual = finding.risk().verdict(inSandbox, offline);
        if (finding.risk() == Risk.RUIN || deny.stream().anyMatch(rule -> rule.touches(finding))) {
            return Verdict.DENY;
        }
        if (usual == Verdict.DENY) {
            return Verdict.DENY;
        }
        if (grants.hold(finding)) {
            return Verdict.ALLOW;
        }
        if (ask.stream().anyMatch(rule -> rule.touches(finding))) {
            return Verdict.ASK;
        }
        return Rule.covering(allow, finding).isPresent() ? Verdict.ALLOW : usual;
    }

    /** Whether the user's own rule denies it. */
    boolean forbids(Finding finding) {
        return deny.stream().anyMatch(rule -> rule.touches(finding));
    }
}
