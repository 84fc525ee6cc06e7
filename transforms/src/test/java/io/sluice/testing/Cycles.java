/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds classes or packages that use each other in a circle. */
public final class Cycles {
  private Cycles() {}

  /**
   * What each name uses that is in a circle, or on a way from one circle to another; empty when
   * there is none.
   *
   * @param nameOf the name of the part that a class belongs to, such as its package
   */
  public static Map<String, Set<String>> of(
      JavaClasses classes, Function<JavaClass, String> nameOf) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass user : classes) {
      String name = nameOf.apply(user);
      user.getDirectDependenciesFromSelf()
          .forEach(
              dependency -> {
                String used = nameOf.apply(dependency.getTargetClass().getBaseComponentType());
                if (!used.equals(name)) {
                  uses.computeIfAbsent(name, n -> new TreeSet<>()).add(used);
                }
              });
    }
    return left(uses);
  }

  /** Takes away, again and again, what uses nothing that is left, and what nothing uses. */
  private static Map<String, Set<String>> left(Map<String, Set<String>> uses) {
    int before;
    do {
      before = uses.size();
      uses.values().forEach(used -> used.retainAll(uses.keySet()));
      uses.values().removeIf(Set::isEmpty);
      Set<String> used = new TreeSet<>();
      uses.values().forEach(used::addAll);
      uses.keySet().retainAll(used);
    } while (uses.size() < before);
    return uses;
  }

  /** The class that a file is named for: the outermost around a nested one. */
  public static String topLevel(JavaClass nested) {
    JavaClass top = nested;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top.getName();
  }
}
