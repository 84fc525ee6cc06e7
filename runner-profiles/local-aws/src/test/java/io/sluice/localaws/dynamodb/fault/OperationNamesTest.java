/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.fault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.service.S3Service;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationNamesTest {

  @Test
  void areThoseOfTheServer() {
    assertThat(new S3Service().operations(), is(OperationNames.ALL));
  }

  @Test
  void standForSeveral() {
    assertThat(OperationNames.expand(List.of("items")), is(OperationNames.ITEMS));
    assertThat(OperationNames.expand(List.of("Scan", "*")), is(Set.of()));
  }
}
