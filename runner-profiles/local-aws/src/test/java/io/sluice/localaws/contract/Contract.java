/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what we expect of the service, one expectation after the other:
 *
 * <pre>
 * - takes an item of 400 KB and no more          (what is expected)
 *   source: ...                                  (why we believe it)
 *   not dynalite 4.0.0: ...                      (who is known to do something else, and what)
 *   PutItem {'TableName':'$hash', ...            (a request)
 *   | ...}                                       (more of the line before, behind a blank)
 *   = {'Attributes':{'n':{'N':'1'}}}             (members of the answer, which may have more)
 *   GetItem {...}
 *   ! ValidationException Item size...           (the type and the message of an error)
 * </pre>
 *
 * <p>Apostrophes stand for quotes. In requests {@code $hash} and other names with a dollar are
 * tables, {@code $x(5)} is {@code xxxxx}, and {@code $each(3)<...#...>} is a list of three in which
 * {@code #} is 0, 1 and 2. In answers {@code '*'} is any value, and {@code '-'} says that a member
 * is missing. In messages {@code ...} is any text.
 */
record Contract(List<Expectation> expectations) {

  private static final Pattern REQUEST = Pattern.compile("([A-Z]\\w+) (\\{.*})");
  private static final Pattern NOT = Pattern.compile("not (\\S+ \\S+): .+");
  private static final Pattern EACH = Pattern.compile("\\$each\\((\\d+)\\)<([^>]*)>");
  private static final Pattern TEXT = Pattern.compile("\\$x\\((\\d+)\\)");

  /**
   * Holds one expectation.
   *
   * @param lacking the servers that are known not to meet it, name and version
   */
  record Expectation(String name, String source, List<String> lacking, List<Step> steps) {}

  /**
   * Holds a request and its answer.
   *
   * @param error the type and the message if an error is expected
   * @param answer JSON otherwise
   */
  record Step(String operation, String request, Optional<String> error, String answer) {}

  /** Reads expectations. */
  static Contract parse(String text) {
    List<Expectation> expectations = new ArrayList<>();
    for (String part : text.replaceAll("\\n *\\| ", " ").split("(?m)^- ")) {
      List<String> lines = part.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      if (!lines.isEmpty()) {
        expectations.add(expectation(lines));
      }
    }
    return new Contract(expectations);
  }

  private static Expectation expectation(List<String> lines) {
    String source = "";
    List<String> lacking = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    String operation = "";
    String request = "";
    for (String line : lines.subList(1, lines.size())) {
      Matcher not = NOT.matcher(line);
      Matcher sent = REQUEST.matcher(line);
      if (line.startsWith("source: ")) {
        source = line.substring("source: ".length());
      } else if (not.matches()) {
        lacking.add(not.group(1));
      } else if (line.startsWith("= ")) {
        steps.add(new Step(operation, request, Optional.empty(), json(line.substring(2))));
      } else if (line.startsWith("! ")) {
        steps.add(new Step(operation, request, Optional.of(line.substring(2)), ""));
      } else if (sent.matches()) {
        operation = sent.group(1);
        request = json(sent.group(2));
      } else {
        throw new IllegalArgumentException(lines.get(0) + ": what is \"" + line + "\"?");
      }
    }
    if (source.isEmpty() || steps.isEmpty()) {
      throw new IllegalArgumentException(lines.get(0) + " has no source, or no steps");
    }
    return new Expectation(lines.get(0), source, List.copyOf(lacking), List.copyOf(steps));
  }

  /** Writes out what is short in a line, all but the names of tables. */
  private static String json(String line) {
    String lists =
        EACH.matcher(line)
            .replaceAll(each -> Matcher.quoteReplacement(list(each.group(1), each.group(2))));
    return TEXT.matcher(lists)
        .replaceAll(x -> "x".repeat(Integer.parseInt(x.group(1))))
        .replace('\'', '"');
  }

  private static String list(String count, String element) {
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < Integer.parseInt(count); i++) {
      list.append(i == 0 ? "" : ",").append(element.replace("#", Integer.toString(i)));
    }
    return list.append(']').toString();
  }
}
