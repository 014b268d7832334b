package dev.bantam.ext.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private static String markdown(String html) {
        return Markdown.of(Jsoup.parse(html, "https://example.org/docs/a.html"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\1', textBlock = """
            <p>a <b> bold </b>word</p> | a **bold** word
            <p>a<em></em>b <i>c</i>.</p> | ab *c*.
            <p>x <del>old</del> <ins>new</ins></p> | x ~~old~~ new
            <p>see <a href="../b#c">B</a></p> | see [B](https://example.org/b#c)
            <p>see <a href="#c">here</a></p> | see here
            <p><a href="javascript:x()">do</a></p> | do
            <p><a href="https://x.org/">https://x.org/</a></p> | https://x.org/
            <h2 id=u>Use<a class=anchor href="#u">#</a></h2> | ## Use
            <p><code>a ` b</code> <kbd>Ctrl</kbd></p> | ``a ` b`` `Ctrl`
            <p>one&nbsp;two &lt;T&gt; &amp;c&shy;d</p> | one two <T> &cd
            <img src=a.png alt="A cat"> | A cat
            <p>2<sup>10</sup> as said<sup>[1]</sup></p> | 2^10 as said[1]
            plain <div>text</div> tail | plain\\n\\ntext\\n\\ntail
            <p>a<br>b<br/> c</p> | a\\nb\\nc
            <blockquote><p>a<p>b</blockquote> | > a\\n> \\n> b
            <dl><dt>T<dd>means</dl> | **T**\\n\\n: means
            <ul><li>a<li>b<ul><li>c</ul></ul> | - a\\n- b\\n  - c
            <ul><li>a</li><ul><li>b</ul></ul> | - a\\n  - b
            <ol start=9><li>a<li><p>b</p><p>c</p></ol> | 9. a\\n10. b\\n    c
            <a href="/x"><div>block</div></a> | block
            <details><summary>More</summary>text</details> | More\\n\\ntext
            """)
    void writesWhatPagesHold(String html, String expected) {
        assertThat(markdown(html)).isEqualTo(expected.replace("\\n", "\n"));
    }

    @Test
    void keepsCodeAsItStands() {
        assertThat(markdown("""
                <div class="highlight-python notranslate"><div class="highlight"><pre><span></span><span class="k">def</span> f():
                    <span class="k">return</span> <span class="s">"```"</span>
                </pre></div></div>
                <pre><code class="language-c++">int x;<br>int y;</code></pre>
                <pre class="lines"><div>one</div><div>  two</div></pre>
                <table class="highlighttable"><tr><td class="linenos"><pre>1
                2</pre></td><td class="code"><pre>a
                b</pre></td></tr></table>""")).isEqualTo("""
                ````python
                def f():
                    return "```"
                ````

                ```c++
                int x;
                int y;
                ```

                ```
                one
                  two
                ```

                ```
                a
                b
                ```""");
    }

    @Test
    void writesTablesAndUndoesThoseThatOnlyPlaceThings() {
        assertThat(markdown("""
                <table><thead><tr><th>Name<th>Use</thead><tr><td><code>a|b</code><td>first<br>second<tr><td>c</table>
                <table><tr><td><h2>Left</h2><p>text</p></td><td><ul><li>x</ul></td></tr></table>""")).isEqualTo("""
                | Name | Use |
                | --- | --- |
                | `a\\|b` | first second |
                | c |  |

                ## Left

                text

                - x""");
    }

    @Test
    void leavesOutWhatNobodyCameFor() {
        String text = "The matter of this page is told in this sentence, and in some more that follow it. ".repeat(5);

        assertThat(markdown("<body><header>Logo</header><nav>Menu</nav><div id=cookie aria-hidden=true>x</div>"
                        + "<div class=page><main><article><p>" + text + "</p></article></main></div>"
                        + "<aside>Ads</aside><form><input><button>Go</button></form><footer>(c)</footer></body>"))
                .isEqualTo(text.strip());
    }

    @Test
    void keepsAPageThatIsNothingButLinks() {
        assertThat(markdown("<nav><a href=/a>A long name of a page</a> <a href=/b>Another long name</a></nav>x"))
                .contains("[A long name of a page](https://example.org/a)");
    }

    @Test
    void dropsCharactersThatHideText() {
        assertThat(markdown("<p>sa\u200Bfe\u202E\u2066 \uDB40\uDC41x\u0007</p>"))
                .isEqualTo("safe x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<div>", "<span>", "<ul><li>", "<blockquote>", "<b><i>", "<table><tr><td>", "<a href=x><p>"})
    void survivesAnyDepth(String tag) {
        assertThat(markdown(tag.repeat(20_000) + "the end")).contains("the end");
    }
}
