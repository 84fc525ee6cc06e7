/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.input.SourceOptions;
import io.sluice.pipelines.night.NightOptions;
import io.sluice.pipelines.table.BudgetOptions;
import io.sluice.pipelines.table.WriteRateOptions;
import io.sluice.pipelines.verify.VerifyOptions;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static final OptionCatalog CATALOG = OptionCatalog.of(ImportOptions.class);

  @Test
  void goodArgumentsPass() {
    List<String> arguments =
        List.of(
            "--pipeline=import",
            "--input=a.csv",
            "--input=b.csv,c.csv",
            "--local",
            "--shards=3",
            "--maxRejects=10000000000",
            "--writeRatio=.75",
            "--onDemandWriteUnits=1e5",
            "--workers=8",
            "--dedupe=LATEST",
            "--keyFrom=a=b",
            "--targetParallelism=2",
            "--awsRegion=eu-west-1");
    assertThat(Arguments.check(arguments, CATALOG), is(new Arguments(arguments, List.of())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "trips # trips is no option: options are written --name=value",
        "-input=a # -input=a is no option: options are written --name=value",
        "-- # -- is no option: options are written --name=value",
        "--tabel=trips # --tabel is no option; the nearest is --table",
        "--maxreject=3 # --maxreject is no option; the nearest is --maxRejects",
        "--TABLE=trips # --TABLE is no option; the nearest is --table",
        "--table # --table needs a value: --table=value, without a space",
        "--table= # --table= must be followed by a value",
        "--shards=many # --shards=many must be a whole number",
        "--shards=3000000000 # --shards=3000000000 must be a whole number",
        "--maxRejects=1e3 # --maxRejects=1e3 must be a whole number",
        "--writeRatio=half # --writeRatio=half must be a number",
        "--onDemandWriteUnits=4,000 # --onDemandWriteUnits=4,000 must be a number",
        "--workers=1.5 # --workers=1.5 must be a whole number",
        "--dedupe=latest # --dedupe=latest must be NONE, DISTINCT, FAIL, LATEST or FIRST",
        "--csvQuotedNewlines=ON # --csvQuotedNewlines=ON must be ALLOWED or NEVER",
        "--local=yes # --local=yes must be true or false"
      })
  void aBadArgumentIsToldInALine(String argument, String line) {
    Arguments checked = Arguments.check(List.of("--input=a.csv", argument), CATALOG);
    assertThat(checked.problems(), contains(line));
    assertThat(checked.good(), contains("--input=a.csv"));
  }

  @Test
  void anOptionGivenTwiceIsTold() {
    Arguments checked = Arguments.check(List.of("--table=a", "--table=b"), CATALOG);
    assertThat(checked.problems(), contains("--table is given twice: --table=a and --table=b"));
  }

  @Test
  void theOnlyChoiceIsNamedAlone() {
    OptionCatalog night = OptionCatalog.of(NightOptions.class);
    assertThat(
        Arguments.check(List.of("--template=GLUE"), night).problems(),
        contains("--template=GLUE must be EMR_SERVERLESS"));
  }

  @Test
  void aNumberIsExplainedWithItsDefault() {
    String help = Help.of("import", "loads", CATALOG);
    assertThat(help, containsString("\nRate, time and cost\n"));
    assertThat(help, containsString("\n  --writeRatio=NUMBER\n"));
    assertThat(help, containsString(" Default: 0.5."));
    assertThat(help, containsString("\n  --workers=NUMBER\n"));
    assertThat(help, containsString("\n  --deadline=VALUE\n"));
    // What a repair writes is not known before, so it has no deadline.
    assertThat(
        Help.of("verify", "compares", OptionCatalog.of(VerifyOptions.class)),
        allOf(containsString("--writeRatio"), not(containsString("--deadline"))));
  }

  @Test
  void everyOptionOfOursIsExplainedUnderAHeading() {
    String help = Help.of("import", "loads", CATALOG);
    List<String> missing =
        Stream.of(
                ImportOptions.class,
                BudgetOptions.class,
                WriteRateOptions.class,
                SourceOptions.class,
                SluiceOptions.class)
            .flatMap(options -> Arrays.stream(options.getDeclaredMethods()))
            .map(Method::getName)
            .filter(name -> name.startsWith("set"))
            .map(name -> "--" + Introspector.decapitalize(name.substring(3)))
            .filter(option -> !help.contains("\n  " + option))
            .toList();
    assertThat(missing, is(empty()));
    assertThat(help.lines().filter(line -> line.length() > 100).toList(), is(empty()));
  }

  @Test
  void keysAndPasswordsOfBeamsOptionsAreNotShown() {
    for (String name : List.of("awsCredentialsProvider", "proxyConfiguration", "SSECustomerKey")) {
      assertThat(name, CATALOG.knows(name), is(true));
      assertThat(CATALOG.shown("--" + name + "={\"key\":\"x\"}"), is("--" + name + "=..."));
    }
    assertThat(CATALOG.shown("--awsRegion=eu-west-1"), is("--awsRegion=eu-west-1"));
  }
}
