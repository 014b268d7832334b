public class Prices {
    /** Return the larger of a and b. */
    static int larger(int a, int b) {
        return a < b ? a : b;
    }

    /** Return the sum of values. */
    static int total(int[] values) {
        int total = 0;
        for (int value : values) {
            total += value;
        }
        return total;
    }
}
