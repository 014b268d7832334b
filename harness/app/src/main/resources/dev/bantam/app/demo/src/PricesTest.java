public class PricesTest {
    public static void main(String[] args) {
        check("larger(3, 9)", 9, Prices.larger(3, 9));
        check("larger(8, 2)", 8, Prices.larger(8, 2));
        check("total([1, 2, 3])", 6, Prices.total(new int[] {1, 2, 3}));
        System.out.println("all tests passed");
    }

    static void check(String what, Object want, Object got) {
        if (!want.equals(got)) {
            System.out.println("FAIL: " + what + " expected " + want + " but was " + got);
            System.exit(1);
        }
    }
}
