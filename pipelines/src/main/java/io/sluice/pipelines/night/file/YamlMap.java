/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import io.sluice.pipelines.table.BudgetPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a YAML 1.2 file. Scalars are taken as they are written, so that 0.10 and 007 stay.
 * Every mistake is recorded with its line, and in its place there is nothing.
 */
final class YamlMap {

  /**
   * A key with its value.
   *
   * @param line of the key
   * @param node the value; null for none
   */
  record Entry(String key, int line, @Nullable Node node) {}

  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final FileErrors errors;

  private YamlMap(int line, FileErrors errors) {
    this.line = line;
    this.errors = errors;
  }

  /** Parses a file that is one mapping. */
  static YamlMap parse(String text, FileErrors errors) {
    try {
      LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      return of(root.orElse(null), 0, "the file", errors);
    } catch (MarkedYamlEngineException e) {
      int at = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      errors.add(at, "this is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      errors.add(0, "this is no YAML: " + String.valueOf(e.getMessage()).lines().findFirst());
    }
    return new YamlMap(0, errors);
  }

  /**
   * Reads the keys of a mapping; it is empty for null, and for a value that is none.
   *
   * @param line where it is named
   * @param what it is, for a message
   */
  static YamlMap of(@Nullable Node node, int line, String what, FileErrors errors) {
    YamlMap map = new YamlMap(line, errors);
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return map;
    }
    if (!(node instanceof MappingNode mapping)) {
      errors.add(lineOf(node), what + " must be a mapping: lines of the form key: value");
      return map;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      int at = lineOf(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        errors.add(at, what + " has a key that is no word");
        continue;
      }
      Node value = tuple.getValueNode();
      Entry entry = new Entry(key.getValue(), at, value.getTag().equals(Tag.NULL) ? null : value);
      Entry before = map.entries.putIfAbsent(entry.key(), entry);
      if (before != null) {
        errors.add(at, entry.key() + " is there twice: see also line " + before.line());
      }
    }
    return map;
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  /** Returns the line where the mapping is named, or begins. */
  int line() {
    return line;
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Records the keys that are none of these. */
  void only(String what, Set<String> keys) {
    for (Entry entry : entries.values()) {
      if (!keys.contains(entry.key())) {
        errors.add(
            entry.line(),
            entry.key() + " is no key of " + what + ": " + String.join(", ", new TreeSet<>(keys)));
      }
    }
  }

  YamlMap map(String key) {
    Entry entry = entries.get(key);
    return entry == null ? new YamlMap(line, errors) : of(entry.node(), entry.line(), key, errors);
  }

  /** Returns the text of a scalar; empty when there is none. */
  Optional<String> text(String key) {
    return entry(key).flatMap(entry -> text(entry, errors));
  }

  /** Returns the text of a value that must be a scalar. */
  static Optional<String> text(Entry entry, FileErrors errors) {
    if (entry.node() instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return Optional.of(scalar.getValue());
    }
    errors.add(entry.line(), entry.key() + " must have one value");
    return Optional.empty();
  }

  /** Returns a whole number. */
  int number(String key, int otherwise, int least) {
    Optional<String> text = text(key);
    try {
      int number = text.map(Integer::parseInt).orElse(otherwise);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    wrong(key, "must be a whole number, " + least + " or more");
    return otherwise;
  }

  /** Returns a time such as 30s, 20m or 12h. */
  Duration duration(String key, Duration otherwise) {
    try {
      return text(key).map(BudgetPlan::time).orElse(otherwise);
    } catch (IllegalArgumentException e) {
      wrong(key, "is wrong: " + e.getMessage());
      return otherwise;
    }
  }

  /** Records a mistake in the value of a key. */
  void wrong(String key, String problem) {
    errors.add(entry(key).map(Entry::line).orElse(line), key + " " + problem);
  }

  /** Returns the texts of a list, or of one scalar; none when the key is not there. */
  List<String> texts(String key) {
    return entry(key).map(entry -> texts(entry, errors)).orElse(List.of());
  }

  /** Returns the texts of a value that is a list, or one scalar. */
  static List<String> texts(Entry entry, FileErrors errors) {
    if (!(entry.node() instanceof SequenceNode list)) {
      return text(entry, errors).map(List::of).orElse(List.of());
    }
    List<String> texts = new ArrayList<>();
    for (Node node : list.getValue()) {
      text(new Entry(entry.key(), lineOf(node), node), errors).ifPresent(texts::add);
    }
    return texts;
  }

  /** Returns the mappings of a list. */
  List<YamlMap> maps(String key) {
    Entry entry = entries.get(key);
    if (entry == null || !(entry.node() instanceof SequenceNode list)) {
      wrong(key, "must be a list, each line with a dash");
      return new ArrayList<>();
    }
    List<YamlMap> maps = new ArrayList<>();
    for (Node node : list.getValue()) {
      maps.add(of(node, lineOf(node), "each of " + key, errors));
    }
    return maps;
  }
}
