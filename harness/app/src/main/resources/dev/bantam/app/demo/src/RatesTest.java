public class RatesTest {
    public static void main(String[] args) {
        check("larger(3, 9)", 9, Rates.larger(3, 9));
        check("larger(8, 2)", 8, Rates.larger(8, 2));
        check("half(10)", 5, Rates.half(10));
        System.out.println("all tests passed");
    }

    static void check(String what, Object want, Object got) {
        if (!want.equals(got)) {
            System.out.println("FAIL: " + what + " expected " + want + " but was " + got);
            System.exit(1);
        }
    }
}
