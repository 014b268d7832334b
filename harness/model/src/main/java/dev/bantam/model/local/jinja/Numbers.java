package dev.bantam.model.local.jinja;

/** Python's arithmetic. */
final class Numbers {
    private Numbers() {}

    static Object binary(String operator, Object a, Object b) {
        boolean whole = !(a instanceof Double) && !(b instanceof Double);
        if ("/ // %".contains(operator) && Values.real(b) == 0) {
            throw new TemplateException("a division by zero");
        }
        return switch (operator) {
            case "+" -> whole ? (Object) (Values.whole(a) + Values.whole(b)) : Values.real(a) + Values.real(b);
            case "-" -> whole ? (Object) (Values.whole(a) - Values.whole(b)) : Values.real(a) - Values.real(b);
            case "*" -> whole ? (Object) (Values.whole(a) * Values.whole(b)) : Values.real(a) * Values.real(b);
            case "/" -> Values.real(a) / Values.real(b);
            case "//" ->
                whole
                        ? (Object) Math.floorDiv(Values.whole(a), Values.whole(b))
                        : Math.floor(Values.real(a) / Values.real(b));
            case "%" ->
                whole
                        ? (Object) Math.floorMod(Values.whole(a), Values.whole(b))
                        : Values.real(a) - Values.real(b) * Math.floor(Values.real(a) / Values.real(b));
            case "**" -> {
                double power = Math.pow(Values.real(a), Values.real(b));
                yield whole && Values.whole(b) >= 0 ? (Object) (long) power : power;
            }
            default -> throw new TemplateException("numbers have no operator " + operator);
        };
    }

    static Object negative(Object value) {
        return value instanceof Double real ? (Object) (-real) : -Values.whole(value);
    }
}
