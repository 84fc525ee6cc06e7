/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Assignment;
import io.sluice.bench.harness.Target;
import io.sluice.testing.dynamodb.Books;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The work of a contender in its JVM.
 *
 * @param contender who reads
 * @param target the local DynamoDB
 * @param folder for contenders that write what they read
 */
record ReadTask(Contender contender, Target target, Path folder) implements Assignment {
  @Override
  public Class<?> program() {
    return ReadProgram.class;
  }

  @Override
  public List<String> toArguments() {
    return List.of(contender.name(), target.endpoint().toString(), folder.toString());
  }

  @Override
  public long items(Books books) {
    return books.itemsRead();
  }

  static ReadTask parse(String... arguments) {
    return new ReadTask(
        Contender.valueOf(arguments[0]),
        new Target(URI.create(arguments[1])),
        Path.of(arguments[2]));
  }
}
