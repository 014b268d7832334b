package dev.bantam.model.local.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Path MODEL = Path.of("../engine/src/test/resources/fixtures/qwen3moe-t-Q8_0.gguf");
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    @ParameterizedTest
    @ValueSource(strings = {"simple", "system", "no_think", "tools", "tools_string_args"})
    void rendersAModelsOwnTemplateToTheRecordedTextAndTokens(String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode recorded;
        try (InputStream stream = TemplateTest.class.getResourceAsStream("/fixtures/chat_render.json")) {
            recorded = json.readTree(stream).path(name);
        }
        try (Model model = Engine.open(MODEL, EngineOptions.defaults())) {
            String text = Template.parse(model.chatTemplate().orElseThrow())
                    .render(json.convertValue(recorded.path("input"), MAP), Optional.empty(), true);

            assertThat(text).isEqualTo(recorded.path("text").asText());
            assertThat(model.tokenizer().encode(text, true))
                    .isEqualTo(json.convertValue(recorded.path("ids_qwen2"), int[].class));
        }
    }

    /** The expected texts are those of Python's jinja2 3.1.6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\u0001',
            value = {
                "{{ name.startswith('a') }} {{ name[-1] }} {{ name[1:] }} {{ name[::-1] }}§True c bc cba",
                "{{ 'a|b'.split('|')[-1] }} {{ ' x\\n'.strip() }} {{ '\\n\\nx'.lstrip('\\n') }}§b x x",
                "{% for k, v in map.items() if v != 2 %}{{ k }}={{ v }}{{ ',' if not loop.last }}{% endfor %}§p=1,r=None",
                "{% set ns = namespace(n=0) %}{% for x in [1, 2, 3][::-1] %}{% set ns.n = ns.n * 10 + x %}{% endfor %}{{ ns.n }}§321",
                "{% for x in 'ab' %}{{ loop.previtem is defined }}{{ loop.nextitem|default('-') }}{% endfor %}§FalsebTrue-",
                "{{ map | tojson }}§{\"p\": 1, \"q\": 2, \"r\": null}",
                "{{ {'ä': [1.0, true, 'x\"\\n']} | tojson }}§{\"ä\": [1.0, true, \"x\\\"\\n\"]}",
                "{{ '%s-%d' % ('a', 3) }} {{ 'a' ~ 1 ~ none }} {{ 7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }}§a-3 a1None 3 2 3.5",
                "{% macro f(a, b=2) %}<{{ a }}{{ b }}>{% endmacro %}{{ f(1) }}{{ f(b=3, a=0) }}§<12><03>",
                "{{ nothing is defined }} {{ map.r is none }} {{ map.r is defined }} {{ map.x is defined }}§False True True False",
                "{{ 'x' if false }}|{{ not name }}|{{ 1 < 2 <= 2 }}|{{ 'b' in name }}|{{ 'p' in map }}§|False|True|True|True",
                "{% set x %}a{{ name }}{% endset %}{{ x | upper | replace('B', '-') }}§AA-C",
                "{% if false %}1{% elif name == 'abc' and not nothing %}2{% else %}3{% endif %}§2",
                "{{ list | map(attribute='k') | join(',') }} {{ list | selectattr('k', 'equalto', 2) | list | length }}§1,2 1",
                "{% for x in [1, 2, 3] %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% break %}{% endfor %}§2",
                "{% for x in [] %}{% else %}none{% endfor %}{% generation %}g{% endgeneration %}§noneg",
                "{{ ['a', 1, none, {'b': \"c'\"}] }} {{ [1, 2][5] is defined }}§['a', 1, None, {'b': \"c'\"}] False",
                "{{ range(2, 8, 3) | list }} {{ dict(a=1).a }} {{ [3, 1, 2] | sort | first }} {{ map | length }}§[2, 5] 1 1 3",
                "{%- set a, b = 'x', 'y' -%} {{ b }}{{ a }} {#- no -#} z§yxz",
                "{{ map.get('p') }}{{ map.get('x', 5) }}{{ map['q'] }}{{ '' or 'o' }}{{ name and 'n' }}§152on",
                "[{{ name | indent(2, true) }}] {{ 'a b'.title() }} {{ 3 is odd }} {{ name is not mapping }}§[  abc] A B True True",
                "{% macro w() %}[{{ caller() }}]{% endmacro %}{% call w() %}in{% endcall %}§[in]",
            })
    void doesWhatPythonDoes(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @Test
    void dropsTheLineBreakAfterABlockAndTheBlanksBeforeIt() {
        assertThat(render("a\n  {% if true %}\n  b\n  {% endif %}\nc {{ name }}\n"))
                .isEqualTo("a\n  b\nc abc");
        assertThat(render("a  {%- if true -%}  b  {%- endif %}  c")).isEqualTo("ab  c");
    }

    @Test
    void aContentIsNeverReadAsATemplate() {
        Map<String, Object> variables = Map.of("content", "{{ secret }} {% if %}");

        assertThat(Template.parse("<{{ content }}>").render(variables, Optional.empty(), true))
                .isEqualTo("<{{ secret }} {% if %}>");
    }

    @Test
    void theDateIsTheOneThatIsGivenOrThereIsNone() {
        String template = "{{ strftime_now('%d %b %Y') if strftime_now is defined else 'no date' }}";

        assertThat(Template.parse(template).render(Map.of(), Optional.of(LocalDate.of(2024, 7, 6)), true))
                .isEqualTo("06 Jul 2024");
        assertThat(render(template)).isEqualTo("no date");
    }

    @Test
    void aRefusalFailsOnlyWhenItIsHeard() {
        Template template = Template.parse("a{{ raise_exception('roles must alternate') }}b");

        assertThatThrownBy(() -> template.render(Map.of(), Optional.empty(), true))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.raised()).isTrue())
                .hasMessage("line 1: roles must alternate");
        assertThat(template.render(Map.of(), Optional.empty(), false)).isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "{{ x | nonsense }}§line 1: the filter nonsense is not supported",
                "{% include 'x' %}§line 1: the tag include is not supported",
                "{{ nothing.at.all }}§line 1: nothing is undefined",
                "{{ 'a' + 1 }}§line 1: a string + a whole number is not possible",
                "{% for x in name %}§line 1: expected else or endfor",
                "{{ 'never closed }}§line 1: a string is never closed",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}§line 1: the macro f calls itself without end",
                "{{ range(1000000) }}§line 1: a range of more than 100000 numbers",
            })
    void whatIsWrongIsSaidWithItsLine(String template, String message) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(message);
    }

    private static String render(String template) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("p", 1);
        map.put("q", 2);
        map.put("r", null);
        return Template.parse(template)
                .render(
                        Map.of("name", "abc", "map", map, "list", List.of(Map.of("k", 1), Map.of("k", 2))),
                        Optional.empty(),
                        true);
    }
}
