package io.toolstream.mcp.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RpcReaderTest {
    private final RpcReader reader = new RpcReader(64);

    private RpcMessage read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, 0, bytes.length);
    }

    private RpcMessage.Answer answer(String json) {
        RpcMessage message = read(json);
        assertThat(message).isInstanceOf(RpcMessage.Answer.class);
        return (RpcMessage.Answer) message;
    }

    @Test
    void answer_isFoundWhateverTheOrderOfMembers() {
        String result = "{ \"content\" : [ {\"isError\":true,\"text\":\"}{\\\"\"} ], \"x\":1e400 }";

        for (String json : List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":" + result + "}",
                "{\"result\":" + result + ",\"jsonrpc\":\"2.0\",\"id\":7}",
                " {\"id\":7,\"extra\":{\"id\":9,\"result\":{}},\"result\": " + result + " } ")) {
            RpcMessage.Answer answer = answer(json);
            assertThat(answer.id()).isEqualTo(7);
            assertThat(answer.result().text()).isEqualTo(result);
            assertThat(answer.isError()).isFalse();
            assertThat(answer.resultType()).isNull();
        }
    }

    @Test
    void answer_tellsErrorAndType() {
        RpcMessage.Answer answer =
                answer("{\"id\":1,\"result\":{\"resultType\":\"input_required\",\"content\":[],\"isError\":true}}");

        assertThat(answer.isError()).isTrue();
        assertThat(answer.resultType()).isEqualTo("input_required");
    }

    @Test
    void fault_isReadWithItsData() {
        RpcMessage message = read(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"no\",\"data\":{\"a\":[1]}},\"id\":3}");

        assertThat(message).isInstanceOfSatisfying(RpcMessage.Fault.class, fault -> {
            assertThat(fault.id()).isEqualTo(3);
            assertThat(fault.code()).isEqualTo(-32602);
            assertThat(fault.message()).isEqualTo("no");
            assertThat(fault.data())
                    .isNotNull()
                    .satisfies(data -> assertThat(data.text()).isEqualTo("{\"a\":[1]}"));
        });
    }

    @Test
    void id_thatWeNeverSend_isForeign() {
        for (String id : List.of("\"1\"", "1.5", "-1", "9007199254740993", "1e3", "[1]", "true", "1".repeat(30))) {
            assertThat(answer("{\"id\":" + id + ",\"result\":{}}").id()).isEqualTo(RpcMessage.FOREIGN_ID);
        }
        assertThat(answer("{\"id\":null,\"result\":{}}").id()).isEqualTo(RpcMessage.NULL_ID);
        assertThat(answer("{\"result\":{}}").id()).isEqualTo(RpcMessage.NULL_ID);
    }

    @Test
    void requestAndNotice_areTold() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":\"a \\\"b\",\"method\":\"ping\"}"))
                .isInstanceOfSatisfying(RpcMessage.Request.class, request -> {
                    assertThat(request.method()).isEqualTo("ping");
                    assertThat(request.id().text()).isEqualTo("\"a \\\"b\"");
                });
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}"))
                .isInstanceOfSatisfying(
                        RpcMessage.Notice.class,
                        notice -> assertThat(notice.params())
                                .isNotNull()
                                .satisfies(params -> assertThat(params.text()).isEqualTo("{\"progress\":1}")));
    }

    @Test
    void batch_isTakenApart() {
        byte[] batch = "[{\"id\":1,\"result\":{}},5,{\"method\":\"x\"}]".getBytes(StandardCharsets.UTF_8);
        RpcReader reader = new RpcReader(50);
        assertThat(reader.read(batch, 0, batch.length)).isInstanceOf(RpcMessage.Unreadable.class);

        reader.allowBatches(true);

        assertThat(reader.read(batch, 0, batch.length))
                .isInstanceOfSatisfying(
                        RpcMessage.Batch.class,
                        read -> assertThat(read.messages())
                                .hasExactlyElementsOfTypes(
                                        RpcMessage.Answer.class, RpcMessage.Unreadable.class, RpcMessage.Notice.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "5",
                "\"text\"",
                "{",
                "{}",
                "{\"id\":1}",
                "{\"id\":1,\"result\":{}",
                "{\"id\":1,\"result\":{}}{}",
                "{\"id\":1,\"result\":{}} x",
                "{\"id\":1,\"result\":null}",
                "{\"id\":1,\"result\":[]}",
                "{\"id\":1,\"result\":{},\"error\":{\"code\":1,\"message\":\"\"}}",
                "{\"id\":1,\"id\":1,\"result\":{}}",
                "{\"id\":1,\"result\":{},\"result\":{}}",
                "{\"id\":1,\"result\":{\"isError\":true,\"isError\":false}}",
                "{\"id\":1,\"result\":{\"isError\":\"true\"}}",
                "{\"id\":1,\"result\":{\"resultType\":5}}",
                "{\"error\":\"invalid_token\"}",
                "{\"id\":1,\"error\":{\"message\":\"no code\"}}",
                "{\"id\":1,\"error\":{\"code\":\"-32000\"}}",
                "<html></html>",
                "{'id':1,'result':{}}",
                "{\"Id\":1,\"Result\":{}}"
            })
    void read_ofWhatIsNoMessage_saysSoWithoutThrowing(String json) {
        assertThat(read(json)).isInstanceOf(RpcMessage.Unreadable.class);
    }

    @Test
    void read_ofDeepNesting_isRefused() {
        String deep = "[".repeat(1000) + "]".repeat(1000);

        assertThat(read("{\"id\":1,\"result\":{\"content\":" + deep + "}}"))
                .isInstanceOfSatisfying(
                        RpcMessage.Unreadable.class,
                        message -> assertThat(message.reason()).contains("deep"));
    }

    @Test
    void read_ofOtherEncodings_isRefused() {
        byte[] utf16 = "{\"id\":1,\"result\":{}}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(reader.read(utf16, 0, utf16.length)).isInstanceOf(RpcMessage.Unreadable.class);
    }

    /** Any result between any members, at any place in the array, comes out as it went in. */
    @Test
    void answer_ofRandomResults_isTheSameBytes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3000; i++) {
            String result = object(random, 0);
            String json = members(random, result, i);
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            int offset = random.nextInt(20);
            byte[] array = new byte[offset + bytes.length + random.nextInt(20)];
            System.arraycopy(bytes, 0, array, offset, bytes.length);

            RpcMessage message = reader.read(array, offset, bytes.length);

            assertThat(message)
                    .as("seed %d, %s", seed, json)
                    .isInstanceOfSatisfying(
                            RpcMessage.Answer.class,
                            answer -> assertThat(answer.result().text()).isEqualTo(result));
            assertThat(((RpcMessage.Answer) message).id()).isEqualTo(i);
        }
    }

    private static String members(SplittableRandom random, String result, int id) {
        List<String> members = new ArrayList<>(List.of(
                "\"jsonrpc\":\"2.0\"",
                blank(random) + "\"id\":" + id,
                "\"result\":" + blank(random) + result + blank(random),
                "\"é\":" + value(random, 1)));
        Collections.shuffle(members, new Random(random.nextLong()));
        return "{" + String.join(",", members) + "}";
    }

    private static String object(SplittableRandom random, int depth) {
        StringBuilder object = new StringBuilder("{" + blank(random));
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            object.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(i)
                    .append("\":")
                    .append(value(random, depth + 1));
        }
        return object.append(blank(random)).append('}').toString();
    }

    private static String value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2 -> random.nextInt() + (random.nextBoolean() ? ".50e-3" : "");
            case 3 -> "\"" + "😀\\u00e9\\\"}]".repeat(random.nextInt(4)) + "ü\"";
            case 4 -> "\"" + "x".repeat(random.nextInt(5000)) + "\"";
            case 5 -> "[" + value(random, depth + 1) + "," + blank(random) + value(random, depth + 1) + "]";
            default -> object(random, depth);
        };
    }

    private static String blank(SplittableRandom random) {
        return random.nextInt(4) == 0 ? " \n\t" : "";
    }
}
