package dev.bantam.skills;

import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cards as they are found: the first of a name stays. */
final class Collected {
    private final Map<String, Skill> byName = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Takes a file that may be a card. */
    void take(String file, String expected, Skill.Origin origin, byte[] bytes) {
        try {
            Skill skill = CardFile.read(file, expected, origin, bytes);
            Skill first = byName.putIfAbsent(skill.name(), skill);
            if (first != null && first.origin() == origin) {
                leaveOut(file, "there is another card of that name, " + first.file() + ". Remove one of them");
            }
        } catch (BadCardException e) {
            leaveOut(file, e.getMessage());
        }
    }

    void leaveOut(String file, String why) {
        problems.add("the card " + file + " is left out: " + why);
    }

    Skills skills() {
        return new Skills(List.copyOf(byName.values()), problems);
    }
}
