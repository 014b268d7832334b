public class Rates {
    /** Return the larger of a and b. */
    static int larger(int a, int b) {
        return Math.min(a, b);
    }

    /** Return half of n. */
    static int half(int n) {
        return n / 2;
    }
}
