package dev.bantam.ext.planact;

import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.ParsedJson;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How far a plan has been carried out. */
final class Progress {
    /** What became of a step. */
    enum State {
        OPEN,
        CURRENT,
        DONE,
        /** The model said that it is done, and made no call. */
        CLAIMED,
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Plan plan;
    private final List<State> states = new ArrayList<>();
    private int failures; // of the current step

    Progress(Plan plan) {
        this.plan = plan;
        plan.steps().forEach(step -> states.add(State.OPEN));
        states.set(0, State.CURRENT);
    }

    Plan plan() {
        return plan;
    }

    /** Counted from 1; 0 when no step is left. */
    int current() {
        return states.indexOf(State.CURRENT) + 1;
    }

    String step() {
        return plan.steps().get(current() - 1);
    }

    /** Ends the current step; the next open one takes its place. */
    void end(State state) {
        states.set(current() - 1, state);
        failures = 0;
        int next = states.indexOf(State.OPEN);
        if (next >= 0) {
            states.set(next, State.CURRENT);
        }
    }

    /** How often the current step has failed now. */
    int fail() {
        return ++failures;
    }

    /** Nobody carries out what is left. */
    void stop() {
        states.replaceAll(state -> state == State.CURRENT ? State.OPEN : state);
    }

    /** The steps with their states, for the model and for people. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < states.size(); i++) {
            shown.append(i == 0 ? "" : "\n")
                    .append(i + 1)
                    .append(". [")
                    .append(states.get(i).word())
                    .append("] ");
            shown.append(plan.steps().get(i));
        }
        return shown.toString();
    }

    /** @param phase what is going on, in a word */
    String toJson(String phase, String planFile) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("phase", phase);
        json.put("plan", planFile);
        json.put("task", plan.task());
        json.put("current", current());
        json.put("failures", failures);
        List<Map<String, Object>> steps = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("step", plan.steps().get(i));
            step.put("state", states.get(i).word());
            steps.add(step);
        }
        json.put("steps", steps);
        return JsonText.of(json) + "\n";
    }

    /** What {@link #toJson} wrote in the phase {@code acting}; empty for any other. */
    static Optional<Progress> acting(String json) throws ParseException {
        Map<String, Object> map = ParsedJson.object(json);
        List<String> steps = new ArrayList<>();
        List<State> states = new ArrayList<>();
        if (map.get("steps") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> step) {
                    steps.add(String.valueOf(step.get("step")));
                    states.add(State.valueOf(String.valueOf(step.get("state")).toUpperCase(Locale.ROOT)));
                }
            }
        }
        if (!"acting".equals(map.get("phase")) || !states.contains(State.CURRENT)) {
            return Optional.empty();
        }
        Progress progress = new Progress(new Plan(String.valueOf(map.get("task")), steps));
        progress.states.clear();
        progress.states.addAll(states);
        progress.failures = map.get("failures") instanceof Number count ? count.intValue() : 0;
        return Optional.of(progress);
    }
}
