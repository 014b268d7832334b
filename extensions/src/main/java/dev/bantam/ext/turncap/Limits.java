package dev.bantam.ext.turncap;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The limits of a run, as the settings have them.
 *
 * @param turns always there
 * @param others those that are set
 * @param minutes 0 for no limit
 */
record Limits(Limit turns, List<Limit> others, double minutes) {
    private static final Setting<Integer> MAX_TURNS =
            Setting.whole("turn-cap.max-turns", 60, "Turns after which a run is stopped; at least 1.");
    private static final Setting<Integer> MAX_TOKENS = Setting.whole(
            "turn-cap.max-tokens",
            0,
            "Tokens read and generated, cached ones not counted, after which a run is stopped; 0 for no limit.",
            0,
            Integer.MAX_VALUE);
    private static final Setting<Double> MAX_MINUTES =
            real("turn-cap.max-minutes", "Minutes after which a run is stopped; 0 for no limit.");
    private static final Setting<Double> MAX_USD = real(
                    "turn-cap.max-usd", "Dollars after which a run is stopped, by the prices set; 0 for no limit.")
            .userOnly();
    private static final Setting<Double> INPUT = real(
                    "turn-cap.usd-per-million-input", "What a million tokens of input cost.")
            .userOnly();
    private static final Setting<Double> CACHED = real(
                    "turn-cap.usd-per-million-cached", "What a million cached tokens cost; 0: as other input.")
            .userOnly();
    private static final Setting<Double> OUTPUT = real(
                    "turn-cap.usd-per-million-output", "What a million generated tokens cost.")
            .userOnly();
    static final List<Setting<?>> SETTINGS =
            List.of(MAX_TURNS, MAX_TOKENS, MAX_MINUTES, MAX_USD, INPUT, CACHED, OUTPUT);

    /** In dollars a million tokens. */
    record Prices(double input, double cached, double output) {}

    /** @throws IllegalArgumentException when the limit of turns is below 1, or one of money has no prices */
    static Limits of(ExtensionContext context) {
        int turns = context.setting(MAX_TURNS);
        if (turns < 1) {
            throw new IllegalArgumentException("turn-cap.max-turns is " + turns
                    + "; it must be at least 1. Set it, or --max-turns, to 1 or more.");
        }
        double input = context.setting(INPUT);
        double cached = context.setting(CACHED) > 0 ? context.setting(CACHED) : input;
        Prices prices = new Prices(input, cached, context.setting(OUTPUT));
        if (context.setting(MAX_USD) > 0 && !context.model().local() && prices.input() + prices.output() == 0) {
            throw new IllegalArgumentException("turn-cap.max-usd is set, but what "
                    + context.model().ref() + " costs is not known. Set turn-cap.usd-per-million-input and"
                    + " turn-cap.usd-per-million-output to what your provider charges.");
        }
        List<Limit> others = new ArrayList<>();
        add(others, context.setting(MAX_TOKENS), "tokens", MAX_TOKENS, Spent::tokens);
        add(others, context.setting(MAX_MINUTES), "minutes", MAX_MINUTES, Spent::minutes);
        add(others, context.setting(MAX_USD), "dollars", MAX_USD, spent -> spent.dollars(prices));
        Limit turnLimit = new Limit(turns + " turns", turns, Spent::turnsDone, "--max-turns or " + MAX_TURNS.key());
        return new Limits(turnLimit, List.copyOf(others), context.setting(MAX_MINUTES));
    }

    /** Of the run's time; without a limit more than anything takes. */
    double secondsLeft(Spent spent) {
        return minutes > 0 ? (minutes - spent.minutes()) * 60 : Double.MAX_VALUE;
    }

    /** The ones that are reached. */
    List<Limit> reached(Spent spent) {
        return all().stream().filter(limit -> limit.reached(spent)).toList();
    }

    private List<Limit> all() {
        List<Limit> all = new ArrayList<>(List.of(turns));
        all.addAll(others);
        return all;
    }

    private static void add(
            List<Limit> limits, Number most, String unit, Setting<?> setting, ToDoubleFunction<Spent> used) {
        if (most.doubleValue() > 0) {
            String words = new BigDecimal(most.toString()).stripTrailingZeros().toPlainString() + " " + unit;
            limits.add(new Limit(words, most.doubleValue(), used, setting.key()));
        }
    }

    private static Setting<Double> real(String key, String help) {
        return Setting.real(key, 0.0, help, 0, Double.MAX_VALUE);
    }
}
