/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.expression.UpdateParser.Clause;
import io.sluice.localaws.dynamodb.expression.UpdateParser.Section;
import io.sluice.localaws.dynamodb.expression.UpdateParser.Verb;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes items as an UpdateExpression says, or as AttributeUpdates do. */
public final class Update {

  private final List<Action> actions;
  private final Projection changed;
  private final boolean legacy;

  private Update(List<Action> actions, boolean legacy) {
    this.actions = List.copyOf(actions);
    this.legacy = legacy;
    this.changed = Projection.of(actions.stream().map(Action::path).toList());
  }

  /** Holds one thing to do; {@code operand} is empty for REMOVE. */
  private record Action(Verb verb, Path path, Optional<Operand> operand) {}

  /**
   * Says what AttributeUpdates do with an attribute.
   *
   * @param action PUT, ADD or DELETE
   * @param value what to put, to add, or to delete of a set; DELETE without one deletes all
   */
  public record Attribute(String name, String action, Optional<Value> value) {

    private Action toAction() {
      Verb verb =
          switch (action) {
            case "PUT" -> Verb.SET;
            case "ADD" -> Verb.ADD;
            default -> value.isPresent() ? Verb.DELETE : Verb.REMOVE;
          };
      return new Action(verb, Path.of(name), value.map(Operand.Constant::new));
    }
  }

  /** Makes what there is to be at a path from what there was. */
  private interface Change {
    Optional<Value> apply(Optional<Value> old);
  }

  static Update parse(String text, Names names) {
    Tokens tokens = Tokens.of("UpdateExpression", text);
    List<Section> sections = UpdateParser.parse(tokens);
    tokens.checkGroups();
    List<Clause> clauses = sections.stream().flatMap(each -> each.clauses().stream()).toList();
    List<Term> values = clauses.stream().flatMap(clause -> clause.value().stream()).toList();
    Resolver resolver = new Resolver(tokens, names);
    for (Clause clause : clauses) {
      resolver.checkPaths(clause.path());
      clause.value().ifPresent(resolver::checkPaths);
    }
    FunctionCheck.ofUpdate(tokens, values);
    checkOnce(tokens, sections);
    for (Clause clause : clauses) {
      resolver.checkNames(clause.path());
      clause.value().ifPresent(resolver::checkNames);
    }
    List<Action> actions = new ArrayList<>();
    for (Section section : sections) {
      for (Clause clause : section.clauses()) {
        actions.add(
            new Action(
                section.verb(),
                resolver.path(clause.path()),
                clause.value().map(resolver::operand)));
      }
    }
    PathTree.check(tokens, actions.stream().map(Action::path).toList());
    actions.forEach(action -> checkType(tokens, action));
    OperandCheck check = new OperandCheck(tokens);
    actions.forEach(action -> action.operand().ifPresent(check::update));
    return new Update(actions, false);
  }

  static Update of(List<Attribute> attributes) {
    return new Update(attributes.stream().map(Attribute::toAction).toList(), true);
  }

  private static void checkOnce(Tokens tokens, List<Section> sections) {
    for (int i = 0; i < sections.size(); i++) {
      Verb verb = sections.get(i).verb();
      if (sections.subList(0, i).stream().anyMatch(before -> before.verb() == verb)) {
        throw tokens.invalid(
            "The \"" + verb + "\" section can only be used once in an update expression;");
      }
    }
  }

  private static void checkType(Tokens tokens, Action action) {
    if (action.verb() != Verb.ADD && action.verb() != Verb.DELETE) {
      return;
    }
    String type = action.operand().flatMap(Operand::type).orElseThrow();
    String name =
        switch (type) {
          case "S" -> "STRING";
          case "N" -> action.verb() == Verb.ADD ? "" : "NUMBER";
          case "B" -> "BINARY";
          case "BOOL" -> "BOOLEAN";
          case "NULL" -> "NULL";
          case "L" -> "LIST";
          case "M" -> "MAP";
          default -> "";
        };
    if (!name.isEmpty()) {
      throw tokens.invalid(
          "Incorrect operand type for operator or function; operator: "
              + action.verb()
              + ", operand type: "
              + name
              + ", typeSet: ALLOWED_FOR_"
              + action.verb()
              + "_OPERAND");
    }
  }

  /** Lists the attributes that the update changes, or changes a part of. */
  public Set<String> topLevelAttributes() {
    return changed.topLevelAttributes();
  }

  /** Lists the attributes that the update changes a part of. */
  public Set<String> nestedAttributes() {
    return changed.nestedAttributes();
  }

  /** Picks what UPDATED_OLD and UPDATED_NEW return out of the item before or after the update. */
  public Map<String, Value> updated(Map<String, Value> item) {
    return changed.apply(item);
  }

  /**
   * Counts the bytes that UpdateItem charges for what the update says of an item, which may be an
   * empty one that is not there yet. AttributeUpdates cost nothing but what the item has in the
   * end.
   */
  public long charge(Map<String, Value> item) {
    if (legacy) {
      return 0;
    }
    long charge = UpdateCharge.BASE;
    for (Action action : actions) {
      charge +=
          switch (action.verb()) {
            case SET -> UpdateCharge.set(action.path(), action.operand().orElseThrow());
            case ADD -> UpdateCharge.add(action.path(), constant(action), item);
            default -> UpdateCharge.remove(action.path());
          };
    }
    return charge;
  }

  private static Value constant(Action action) {
    return ((Operand.Constant) action.operand().orElseThrow()).value();
  }

  /**
   * Changes an item that is there.
   *
   * @return a new item; the one before stays as it is
   * @throws DynamoDbException a ValidationException when an attribute is missing or has the wrong
   *     type, or a path leads nowhere
   */
  public Map<String, Value> apply(Map<String, Value> item) {
    return apply(actions, item);
  }

  /**
   * Makes an item that was not there from its key. Other than in an item that is there, REMOVE of
   * something nested is no error then.
   *
   * @return nothing if the update does no more than take something away: the service makes no item
   *     then. Source: ScyllaDB's tests, which are run against the service
   * @throws DynamoDbException a ValidationException, as of {@link #apply}
   */
  public Optional<Map<String, Value>> create(Map<String, Value> key) {
    List<Action> relevant =
        actions.stream()
            .filter(action -> action.verb() != Verb.REMOVE || !action.path().isNested())
            .toList();
    Map<String, Value> created = apply(relevant, key);
    boolean takes =
        actions.stream()
            .allMatch(action -> action.verb() == Verb.REMOVE || action.verb() == Verb.DELETE);
    return takes && !actions.isEmpty() ? Optional.empty() : Optional.of(created);
  }

  private Map<String, Value> apply(List<Action> actions, Map<String, Value> item) {
    PathTree<Change> tree = new PathTree<>();
    // All operands are read before anything is written.
    actions.forEach(action -> tree.put(action.path(), change(action, item)));
    return change(item, tree);
  }

  private Change change(Action action, Map<String, Value> item) {
    if (action.verb() == Verb.REMOVE) {
      return old -> Optional.empty();
    }
    Value operand = UpdateValues.of(action.operand().orElseThrow(), item);
    return switch (action.verb()) {
      case ADD -> old -> Optional.of(UpdateValues.add(checked(old, operand), operand));
      case DELETE -> old -> checked(old, operand).flatMap(set -> UpdateValues.delete(set, operand));
      default -> old -> Optional.of(operand);
    };
  }

  /** Checks types before expressions would, because the service has other words for it then. */
  private Optional<Value> checked(Optional<Value> old, Value operand) {
    if (legacy && old.isPresent() && !old.get().type().equals(operand.type())) {
      throw DynamoDbException.validation("Type mismatch for attribute to update");
    }
    return old;
  }

  private static Map<String, Value> change(Map<String, Value> old, PathTree<Change> tree) {
    Map<String, Value> changed = new LinkedHashMap<>(old);
    tree.names()
        .forEach(
            (name, branch) ->
                change(Optional.ofNullable(old.get(name)), branch)
                    .ifPresentOrElse(
                        value -> changed.put(name, value), () -> changed.remove(name)));
    return changed;
  }

  /** Changes elements, each by its index before the update; those behind the end close up. */
  private static List<Value> change(List<Value> old, PathTree<Change> tree) {
    List<Optional<Value>> changed = new ArrayList<>();
    old.forEach(value -> changed.add(Optional.of(value)));
    tree.indexes()
        .forEach(
            (index, branch) -> {
              if (index < old.size()) {
                changed.set(index, change(changed.get(index), branch));
              } else {
                changed.add(change(Optional.empty(), branch));
              }
            });
    return changed.stream().flatMap(Optional::stream).toList();
  }

  private static Optional<Value> change(Optional<Value> old, PathTree<Change> tree) {
    if (tree.leaf().isPresent()) {
      return tree.leaf().get().apply(old);
    }
    if (old.isPresent() && old.get() instanceof Value.M map && !tree.names().isEmpty()) {
      return Optional.of(new Value.M(change(map.values(), tree)));
    }
    if (old.isPresent() && old.get() instanceof Value.L list && !tree.indexes().isEmpty()) {
      return Optional.of(new Value.L(change(list.values(), tree)));
    }
    throw DynamoDbException.validation(
        "The document path provided in the update expression is invalid for update");
  }
}
