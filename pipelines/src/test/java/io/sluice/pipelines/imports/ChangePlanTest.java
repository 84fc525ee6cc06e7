/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.change.read.ChangeFormat;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.report.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with changes, and what does not. */
class ChangePlanTest {

  private static ImportPlan plan(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--input=f/", "--table=trips"));
    all.addAll(List.of(arguments));
    return ImportPlan.of(
        PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).as(ImportOptions.class));
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(UsageException.class, () -> plan(arguments)).problems();
  }

  @Test
  void itemsHaveNoLimitOfDeletes() {
    ImportPlan plan = plan("--maxRejects=3", "--rejects=r/");
    assertThat(plan.changes(), is(nullValue()));
    assertThat(plan.limits(), is(Limits.ofRejects(3)));
  }

  @Test
  void changesDeleteNothingUnlessAllowed() {
    ImportPlan plan = plan("--changes=APPLY");
    assertThat(plan.changes(), is(new ChangePlan(null, null, null, 0, new TreeMap<>())));
    assertThat(plan.limits(), is(new Limits(0, 0)));
  }

  @Test
  void changesHaveTheirOptions() {
    ImportPlan plan =
        plan(
            "--changes=APPLY",
            "--changeFormat=DMS",
            "--changeOrder=ts",
            "--changesOf=other",
            "--maxDeletes=7");
    assertThat(
        plan.changes(), is(new ChangePlan(ChangeFormat.DMS, "ts", "other", 7, new TreeMap<>())));
    assertThat(plan.limits(), is(new Limits(0, 7)));
  }

  @Test
  void changesAreNotOrderedByWhatIsInAMap() {
    assertThat(
        problems("--changes=APPLY", "--changeOrder=meta.ts", "--nestColumns"),
        contains(
            "--changeOrder=meta.ts is in a map with --nestColumns: it must be an attribute of the"
                + " item itself"));
    assertThat(
        plan("--changes=APPLY", "--changeOrder=ts", "--nestColumns").changes().order(), is("ts"));
    assertThat(plan("--changes=APPLY", "--changeOrder=meta.ts").changes().order(), is("meta.ts"));
  }

  @Test
  void optionsOfChangesNeedChanges() {
    assertThat(
        problems("--changeFormat=DMS", "--changeOrder=ts", "--changesOf=other", "--maxDeletes=7"),
        contains(
            "--changeFormat goes with --changes=APPLY",
            "--changeOrder goes with --changes=APPLY",
            "--changesOf goes with --changes=APPLY",
            "--maxDeletes goes with --changes=APPLY"));
  }

  @Test
  void whatMakesItemsOrChoosesBetweenThemIsRefused() {
    String order =
        "does not go with --changes=APPLY: of each key the last change is applied, by the order of"
            + " the changes";
    String format = "does not go with --changes=APPLY: --changeFormat names the form of changes";
    assertThat(
        problems(
            "--changes=APPLY",
            "--maxDeletes=-1",
            "--keyFrom=md5",
            "--pathColumns=dt:S",
            "--dedupe=LATEST",
            "--orderBy=n",
            "--opColumn=ATTRIBUTE",
            "--format=JSON",
            "--recordPath=a",
            "--columns=n:N",
            "--writeEngine=dynamodbio",
            "--onSuccess=DELETE"),
        contains(
            "--maxDeletes=-1 must be 0 or more",
            "--keyFrom does not go with --changes=APPLY: a change has the key of its item",
            "--pathColumns does not go with --changes=APPLY: a change has all attributes",
            "--dedupe " + order,
            "--orderBy " + order,
            "--opColumn does not go with --changes=APPLY: the input is changes",
            "--format " + format,
            "--recordPath " + format,
            "--changes=APPLY needs --writeEngine=async: DynamoDBIO does not delete items",
            "--onSuccess=DELETE does not go with --changes=APPLY: changes that were applied are"
                + " needed again to restore or to rebuild a table"));
  }

  @ParameterizedTest
  @CsvSource({
    "STREAM, columns csvHeader skipChecks",
    "KINESIS, columns csvHeader skipChecks",
    "INCREMENTAL_EXPORT, columns compression csvHeader",
    "DMS, skipChecks",
    "SIMPLE, csvHeader skipChecks",
    "FEED, columns compression csvHeader skipChecks",
  })
  void whatDoesNotFitTheGivenFormIsRefused(ChangeFormat form, String misfits) {
    List<String> refused =
        problems(
            "--changes=APPLY",
            "--changeFormat=" + form,
            "--columns=n:N",
            "--csvHeader=Op,id",
            "--compression=GZIP",
            "--skipChecks",
            "--maxDeletes=-1");
    String of = form == ChangeFormat.SIMPLE ? "SIMPLE in JSON" : form.name();
    List<String> expected = new ArrayList<>(List.of("--maxDeletes=-1 must be 0 or more"));
    for (String option : misfits.split(" ")) {
      expected.add("--%s does not go with changes of the form %s".formatted(option, of));
    }
    assertThat(refused, containsInAnyOrder(expected.toArray(String[]::new)));
  }
}
