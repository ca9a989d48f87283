import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/**
 * Answers questions that stand in lines of JSON on the standard input, each with a line of JSON:
 * {"pattern", "event"} whether EventBridge's rule engine matches them, {"expression", "bindings"} what JSONata makes of
 * it. What is refused is answered with {"error"}.
 */
public class JavaJudges {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line; (line = questions.readLine()) != null; ) answers.println(answer(JSON.readTree(line)));
    answers.flush();
  }

  private static ObjectNode answer(JsonNode question) {
    var answer = JSON.createObjectNode();
    try {
      if (question.has("pattern")) answer.put("matches", matches(question.get("pattern"), question.get("event")));
      else answer.setAll((ObjectNode) JSON.valueToTree(evaluate(question)));
    } catch (Exception | StackOverflowError error) {
      answer.put("error", String.valueOf(error.getMessage()));
    }
    return answer;
  }

  /** The array-consistent matching, which is EventBridge's. */
  private static boolean matches(JsonNode pattern, JsonNode event) throws Exception {
    var machine = Machine.builder().build();
    machine.addRule("rule", pattern.toString());
    return !machine.rulesForJSONEvent(event.toString()).isEmpty();
  }

  private static final int MOST_MILLISECONDS = 5_000;

  /**
   * Step Functions fails an expression that evaluates deeper, by what others measured on AWS with TestState (floci-io/floci,
   * issue 2737).
   */
  private static final int MOST_LEVELS = 100;

  /** In an object: null then has a key there, and no value has none. */
  private static Object evaluate(JsonNode question) throws Exception {
    var jsonata = Jsonata.jsonata("{\"value\": (" + question.get("expression").asText() + ")}");
    var frame = jsonata.createFrame();
    frame.setRuntimeBounds(MOST_MILLISECONDS, MOST_LEVELS);
    // Step Functions' own function.
    jsonata.registerFunction("parse", (String text) -> parse(text));
    Map<?, ?> bindings = JSON.convertValue(question.get("bindings"), Map.class);
    bindings.forEach((name, value) -> frame.bind(String.valueOf(name), value));
    return jsonata.evaluate(null, frame);
  }

  private static Object parse(String text) {
    if (text == null) return null;
    try {
      var value = JSON.readValue(text, Object.class);
      return value == null ? Jsonata.NULL_VALUE : value;
    } catch (JsonProcessingException error) {
      throw new IllegalArgumentException("$parse: not JSON: " + error.getOriginalMessage());
    }
  }
}
