/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds a server that somebody else wrote to the same contract, so that it is not only our own
 * opinion of the service that our server agrees with. The contract says what dynalite lacks.
 */
class DynaliteIT {

  private static final Path FOLDER = Path.of("target", "dynalite");

  private static Dynalite dynalite;
  private static final List<ContractRun> RUNS = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    try {
      dynalite = Dynalite.start(FOLDER);
    } catch (NpmPackages.NotHere e) {
      abort("The contract is not run against dynalite: " + e.getMessage() + ".");
    }
  }

  @AfterAll
  static void stop() {
    RUNS.forEach(ContractRun::close);
    if (dynalite != null) {
      dynalite.close();
    }
  }

  private static Stream<DynamicTest> tests(UnaryOperator<ContractRun> prepare, String contract) {
    ContractRun run = prepare.apply(new ContractRun(Endpoint.at(dynalite.uri()), Dynalite.NAME));
    RUNS.add(run);
    return run.tests(contract);
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractOfItems() {
    return tests(ItemContractTest::prepare, ItemContractTest.CONTRACT);
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractOfBatches() {
    return tests(BatchContractTest::prepare, BatchContractTest.CONTRACT);
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractOfReads() {
    return tests(ReadContractTest::prepare, ReadContractTest.CONTRACT);
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractOfTables() {
    return tests(TableContractTest::prepare, TableContractTest.CONTRACT);
  }
}
