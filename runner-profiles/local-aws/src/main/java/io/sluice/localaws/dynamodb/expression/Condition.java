/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.expression;

import io.sluice.localaws.dynamodb.value.Order;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether an item meets a ConditionExpression or a FilterExpression. */
public final class Condition {

  private final Operand.Call root;

  Condition(Operand.Call root) {
    this.root = root;
  }

  static Condition parse(String kind, String text, Names names) {
    Tokens tokens = Tokens.of(kind, text);
    Term.Call term = ConditionParser.parse(tokens);
    tokens.checkGroups();
    FunctionCheck.ofCondition(tokens, term);
    Resolver resolver = new Resolver(tokens, names);
    resolver.checkPaths(term);
    return new Condition(resolve(term, resolver, new OperandCheck(tokens)));
  }

  /** Looks up and checks one comparison after the other, as the service's first error shows. */
  private static Operand.Call resolve(Term term, Resolver resolver, OperandCheck check) {
    Term.Call call = (Term.Call) term;
    Operator operator = Operator.of(call.operator()).orElseThrow();
    if (operator.kind() == Operator.Kind.LOGIC) {
      List<Operand> operands =
          call.operands().stream().<Operand>map(each -> resolve(each, resolver, check)).toList();
      return new Operand.Call(operator, operands);
    }
    Operand.Call resolved = (Operand.Call) resolver.operand(term);
    check.condition(resolved);
    return resolved;
  }

  Operand.Call root() {
    return root;
  }

  /** Lists the attributes of items that the condition looks at. */
  public Set<String> topLevelAttributes() {
    Set<String> attributes = new LinkedHashSet<>();
    collect(root, false, attributes);
    return attributes;
  }

  /** Lists the attributes that the condition looks into, which a key attribute never allows. */
  public Set<String> nestedAttributes() {
    Set<String> attributes = new LinkedHashSet<>();
    collect(root, true, attributes);
    return attributes;
  }

  private static void collect(Operand operand, boolean nestedOnly, Set<String> to) {
    if (operand instanceof Operand.At at && (at.path().isNested() || !nestedOnly)) {
      to.add(at.path().attribute());
    }
    operand.inner().forEach(inner -> collect(inner, nestedOnly, to));
  }

  /** Reports whether {@code item} meets the condition; an item that is missing is an empty map. */
  public boolean test(Map<String, Value> item) {
    return test(root, item);
  }

  private static boolean test(Operand operand, Map<String, Value> item) {
    Operand.Call call = (Operand.Call) operand;
    return switch (call.operator()) {
      case AND -> call.operands().stream().allMatch(each -> test(each, item));
      case OR -> call.operands().stream().anyMatch(each -> test(each, item));
      case NOT -> !test(call.operand(0), item);
      case ATTRIBUTE_EXISTS -> value(call.operand(0), item).isPresent();
      case ATTRIBUTE_NOT_EXISTS -> value(call.operand(0), item).isEmpty();
      // A missing value differs from everything, from another that is missing as well.
      case NOT_EQUAL -> !equal(call, 0, 1, item);
      case IN -> isIn(call, item);
      case BETWEEN ->
          compares(Operator.GREATER_OR_EQUAL, call, 1, item)
              && compares(Operator.LESS_OR_EQUAL, call, 2, item);
      default -> compares(call.operator(), call, 1, item);
    };
  }

  private static boolean equal(Operand.Call call, int one, int other, Map<String, Value> item) {
    Optional<Value> value = value(call.operand(one), item);
    return value.isPresent() && value.equals(value(call.operand(other), item));
  }

  private static boolean isIn(Operand.Call call, Map<String, Value> item) {
    for (int i = 1; i < call.operands().size(); i++) {
      if (equal(call, 0, i, item)) {
        return true;
      }
    }
    return false;
  }

  private static boolean compares(
      Operator operator, Operand.Call call, int other, Map<String, Value> item) {
    Optional<Value> left = value(call.operand(0), item);
    Optional<Value> right = value(call.operand(other), item);
    return left.isPresent() && right.isPresent() && holds(operator, left.get(), right.get());
  }

  /** Applies a comparator, attribute_type, begins_with or contains to two values. */
  static boolean holds(Operator operator, Value left, Value right) {
    return switch (operator) {
      case EQUAL -> left.equals(right);
      case LESS -> Order.comparable(left, right) && Order.compare(left, right) < 0;
      case LESS_OR_EQUAL -> Order.comparable(left, right) && Order.compare(left, right) <= 0;
      case GREATER -> Order.comparable(left, right) && Order.compare(left, right) > 0;
      case GREATER_OR_EQUAL -> Order.comparable(left, right) && Order.compare(left, right) >= 0;
      case ATTRIBUTE_TYPE -> right.equals(new Value.S(left.type()));
      case BEGINS_WITH -> beginsWith(left, right);
      case CONTAINS -> contains(left, right);
      default -> throw new IllegalArgumentException("operator is " + operator);
    };
  }

  private static boolean beginsWith(Value value, Value prefix) {
    if (value instanceof Value.S s && prefix instanceof Value.S start) {
      return s.text().startsWith(start.text());
    }
    return value instanceof Value.B b
        && prefix instanceof Value.B start
        && b.bytes().startsWith(start.bytes());
  }

  private static boolean contains(Value value, Value part) {
    if (value instanceof Value.L list) {
      return list.values().contains(part);
    }
    if (part instanceof Value.S s) {
      return value instanceof Value.S whole && whole.text().contains(s.text())
          || value instanceof Value.SS set && set.texts().contains(s.text());
    }
    if (part instanceof Value.B b) {
      return value instanceof Value.B whole && whole.bytes().contains(b.bytes())
          || value instanceof Value.BS set && set.binaries().contains(b.bytes());
    }
    return part instanceof Value.N n
        && value instanceof Value.NS set
        && set.numbers().contains(n.number());
  }

  private static Optional<Value> value(Operand operand, Map<String, Value> item) {
    if (operand instanceof Operand.At at) {
      return at.path().in(item);
    }
    if (operand instanceof Operand.Constant constant) {
      return Optional.of(constant.value());
    }
    return value(((Operand.Call) operand).operand(0), item).flatMap(Condition::size);
  }

  /** Measures a value: UTF-16 units of a string, bytes, or elements; others have no size. */
  private static Optional<Value> size(Value value) {
    int size =
        switch (value.type()) {
          case "S" -> ((Value.S) value).text().length();
          case "B" -> ((Value.B) value).bytes().size();
          case "SS" -> ((Value.SS) value).texts().size();
          case "NS" -> ((Value.NS) value).numbers().size();
          case "BS" -> ((Value.BS) value).binaries().size();
          case "L" -> ((Value.L) value).values().size();
          case "M" -> ((Value.M) value).values().size();
          default -> -1;
        };
    return size < 0 ? Optional.empty() : Optional.of(new Value.N(BigDecimal.valueOf(size)));
  }
}
