/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.dynamodb.write.WriteEngine;
import io.sluice.format.ManifestElsewhere;
import io.sluice.pipelines.account.Accounts;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.compare.CompareSettings;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.input.Verdict;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of an import, before any request is sent.
 *
 * @param source the input
 * @param engine the engine that writes, unless DynamoDB itself does
 * @param load how DynamoDB loads the items itself; null when they are written by requests
 * @param budget how fast, until when and at what price
 * @param raise to what the capacity is raised meanwhile; null to leave it
 * @param newTable how a missing table is created, and the key that is expected
 * @param maxRejects how many rejections are allowed
 * @param dryRun whether nothing is written
 * @param deletesInput whether the files are deleted once everything is written
 * @param changes how changes are applied; null when the input holds items
 * @param checkpoints where it is kept what is written; null for nowhere
 * @param compare how items are compared with the table; null when all are written
 */
public record ImportPlan(
    InputSettings source,
    WriteEngine engine,
    @Nullable LoadPlan load,
    BudgetPlan budget,
    @Nullable RaisePlan raise,
    NewTablePlan newTable,
    long maxRejects,
    boolean dryRun,
    boolean deletesInput,
    @Nullable ChangePlan changes,
    @Nullable CheckpointPlan checkpoints,
    @Nullable ComparePlan compare) {

  /** Returns the same import, which writes all items whatever the table has. */
  ImportPlan writingAll() {
    return new ImportPlan(
        source,
        engine,
        load,
        budget,
        raise,
        newTable,
        maxRejects,
        dryRun,
        deletesInput,
        changes,
        checkpoints,
        null);
  }

  /** Returns how many rejections and deletes there may be when writing begins. */
  Limits limits() {
    return changes == null
        ? Limits.ofRejects(maxRejects)
        : new Limits(maxRejects, changes.maxDeletes());
  }

  /** Returns what judges the counts of the whole job. */
  SerializableFunction<Tally, Verdict> judge() {
    Limits limits = limits();
    if (compare == null || compare.prune() == null) {
      boolean goesOn = checkpoints != null;
      return whole -> Verdict.ofImport(whole, limits, goesOn);
    }
    String most = compare.prune().limit().text();
    return whole -> Verdict.ofPrune(whole, limits, most);
  }

  /**
   * Returns the share of the write capacity of the step that puts items.
   *
   * @param table which is compared and pruned if it exists
   */
  Budget writeBudget(TableInfo table) {
    return compare == null || !table.exists() ? budget.budget() : comparison().writeBudget();
  }

  /** Returns how items are compared with the table; null when all are written. */
  @Nullable CompareSettings comparison() {
    return compare == null ? null : compare.settings(budget, dryRun);
  }

  /** Returns the units a second of an on-demand table, as far as they are given. */
  OnDemandUnits onDemand() {
    return compare == null
        ? budget.onDemand()
        : new OnDemandUnits(compare.budget().onDemand().reads(), budget.onDemand().writes());
  }

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  public static ImportPlan of(ImportOptions options) {
    OptionErrors problems = new OptionErrors();
    InputSettings source = InputSettings.of(options, problems);
    LoadPlan load = LoadPlan.of(options, problems);
    WriteEngine engine =
        LoadPlan.isAsked(options)
            ? WriteEngine.ASYNC
            : problems.parse("writeEngine", options.getWriteEngine(), ImportPlan::engine);
    BudgetPlan budget = BudgetPlan.of(options, problems);
    if (engine == WriteEngine.DYNAMODBIO && budget.terminateAfter() != null) {
      problems.add(
          "--terminateAfter needs --writeEngine=async: what DynamoDBIO was given cannot be taken back");
    }
    if (engine == WriteEngine.DYNAMODBIO && Accounts.isUsed(options)) {
      problems.add(
          "--tableRole, --lakeRole, --lakeAccount and --bucketOwnerFullControl need"
              + " --writeEngine=async: DynamoDBIO makes its clients by itself");
    }
    RaisePlan raise = RaisePlan.of(options, problems);
    NewTablePlan newTable = NewTablePlan.of(options, problems);
    problems.atLeast("maxRejects", options.getMaxRejects(), 0);
    if (options.getMaxRejects() > 0 && options.getRejects() == null) {
      problems.add(
          "--maxRejects="
              + options.getMaxRejects()
              + " needs --rejects, a folder for what is rejected: it would be lost otherwise");
    }
    boolean deletesInput = options.getOnSuccess() == ImportOptions.OnSuccess.DELETE;
    if (deletesInput && source.jdbc() != null) {
      problems.add("--onSuccess=DELETE is for files, and --source=JDBC reads a database");
    }
    if (options.isDryRun() && deletesInput) {
      problems.add("--onSuccess=DELETE does not go with --dryRun, which writes nothing");
    }
    boolean readsElsewhere = options.getManifestElsewhere() == ManifestElsewhere.READ;
    if (readsElsewhere && deletesInput) {
      problems.add(
          "--onSuccess=DELETE does not go with --manifestElsewhere=READ: a manifest does not decide"
              + " what is deleted");
    }
    ChangePlan changes = ChangePlan.of(options, engine, deletesInput, problems);
    if (changes != null && source.jdbc() != null) {
      problems.add("--changes=APPLY is for files, and --source=JDBC reads a database");
    }
    ComparePlan compare = ComparePlan.of(options, problems);
    CheckpointPlan checkpoints = CheckpointPlan.of(options, source.jdbc(), problems);
    if (ClusterEngine.isDetached(options)) {
      checkDetached(options, problems);
    }
    problems.throwIfAny();
    return new ImportPlan(
        source,
        engine,
        load,
        budget,
        raise,
        newTable,
        options.getMaxRejects(),
        options.isDryRun(),
        deletesInput,
        changes,
        checkpoints,
        compare);
  }

  private static WriteEngine engine(String name) {
    try {
      return WriteEngine.parse(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' must be async, dynamodbio, importTable or bulk".formatted(name), e);
    }
  }

  /** Refuses what this program would do with the result of a job that it does not wait for. */
  private static void checkDetached(ImportOptions options, OptionErrors problems) {
    if (options.getDeadline() != null) {
      problems.add(
          "--deadline does not go with a detached submission: it reads the input and forecasts"
              + " before it writes, and nothing waits for that; --terminateAfter does");
    }
    if (options.isDryRun() && options.getReport() == null) {
      problems.add(
          "--dryRun needs --report where the submission is detached: nothing waits to print what it"
              + " finds");
    }
  }
}
