/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.job.Aws;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** An import that raises the capacity of a table of 5 write units. */
@Timeout(180)
class RaisedImportTest {
  private static final String MARK = "sluice:write-capacity-before";

  @TempDir Path folder;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          EndpointSettings.of(TableSettings.of("trips", "id:S").withProvisioned(5, 5)));
  private final Printed printed = new Printed();
  private final List<String> rows = new ArrayList<>(List.of("id,fare"));
  private DynamoDbClient client;

  @BeforeEach
  void makeRows() {
    for (int i = 0; i < 400; i++) {
      rows.add("trip-" + i + ",12.50");
    }
    client = Aws.dynamodbClient(local("--table=trips"));
  }

  @AfterEach
  void close() {
    client.close();
    db.close();
  }

  private ImportOptions local(String... arguments) {
    ImportOptions options = OneWorker.options(ImportOptions.class, arguments);
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    Aws.configure(options);
    return options;
  }

  private ImportOptions options(String... more) throws IOException {
    Path file = Files.write(folder.resolve("trips.csv"), rows);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--input=" + file,
                "--columns=id:S,fare:N",
                "--table=trips"));
    arguments.addAll(List.of(more));
    return local(arguments.toArray(String[]::new));
  }

  private int run(String... more) throws IOException {
    ImportOptions options = options(more);
    ImportVerb verb = new ImportVerb();
    verb.check(options);
    return verb.run(options, printed.console());
  }

  private TableDescription described() {
    return client.describeTable(d -> d.tableName("trips")).table();
  }

  private void assertAsBefore(long decreases) {
    ProvisionedThroughputDescription now = described().provisionedThroughput();
    assertThat(now.writeCapacityUnits(), is(5L));
    assertThat(now.readCapacityUnits(), is(5L));
    assertThat(now.numberOfDecreasesToday(), is(decreases));
    String arn = described().tableArn();
    assertThat(client.listTagsOfResource(l -> l.resourceArn(arn)).tags(), is(List.of()));
  }

  @Test
  void itIsRaisedWhileItIsWrittenAndThenPutBack() throws IOException {
    Set<Long> whileWriting = new HashSet<>();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run("--raiseCapacity=160");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    while (!code.isDone()) {
      TableDescription now = described();
      if (now.itemCount() > 0 && now.itemCount() < 400) {
        whileWriting.add(now.provisionedThroughput().writeCapacityUnits());
      }
    }
    assertThat(code.join(), is(ExitCode.OK));
    assertThat(whileWriting, is(Set.of(160L)));
    assertThat(described().itemCount(), is(400L));
    assertAsBefore(1);
    assertThat(
        printed.errors().toString(),
        containsString("the write units of trips are put back from 160 to 5"));
  }

  @Test
  void theDeadlineSaysHowFarItIsRaised() throws IOException {
    assertThat(run("--raiseCapacity=DEADLINE", "--deadline=8s"), is(ExitCode.OK));
    assertThat(
        printed.errors().toString(),
        containsString("the write capacity of trips is raised from 5 to 100 until"));
    assertAsBefore(1);
  }

  @Test
  void rejectionsThatADeadlineFindsRaiseNothing() throws IOException {
    rows.add("bad,twelve");
    assertThat(run("--raiseCapacity=100", "--deadline=8s"), is(ExitCode.REJECTIONS));
    assertAsBefore(0);
    assertThat(
        printed.errors().toString(),
        containsString("nothing will be written: the capacity of trips stays"));
  }

  /** Its name is wrong, perhaps: that shows before the input is read. */
  @Test
  void aMissingTableIsRefusedBeforeTheInputIsRead() throws IOException {
    rows.add("bad,twelve");
    ImportOptions options =
        options(
            "--createTable=ON_DEMAND",
            "--partitionKey=id:S",
            "--raiseCapacity=100",
            "--deadline=8s");
    options.setTable("missing");
    assertThat(
        assertThrows(JobException.class, () -> ImportPipeline.run(options, printed.console()))
            .getMessage(),
        startsWith("--raiseCapacity: the table missing does not exist"));
    assertThat(printed.lines(), is(List.of()));
  }

  @Test
  void itIsPutBackAfterTooManyRejections() throws IOException {
    rows.add("bad,twelve");
    assertThat(run("--raiseCapacity=100"), is(ExitCode.REJECTIONS));
    assertAsBefore(1);
  }

  @Test
  void itIsPutBackAfterAFailure() throws IOException {
    Path damaged = Files.write(folder.resolve("z.csv.gz"), new byte[] {31, (byte) 139, 8, 0, 1});
    assertThrows(JobException.class, () -> run("--raiseCapacity=100", "--input=" + damaged));
    assertAsBefore(1);
  }

  @Test
  void whatAKilledImportLeftIsPutBack() throws IOException {
    String arn = described().tableArn();
    Tag tag =
        Tag.builder()
            .key(MARK)
            .value("words=4 run=killed renewed=" + Instant.now() + " mode=provisioned table=5:90")
            .build();
    client.tagResource(t -> t.resourceArn(arn).tags(tag));
    client.updateTable(
        u ->
            u.tableName("trips")
                .provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(90L)));
    assertThat(
        assertThrows(JobException.class, () -> run("--raiseCapacity=100")).getMessage(),
        startsWith("--raiseCapacity: the run killed has raised the capacity of trips, and was"));
    ImportOptions restore = local("--table=trips", "--raiseCapacity=RESTORE");
    ImportVerb verb = new ImportVerb();
    verb.check(restore);
    assertThat(verb.run(restore, printed.console()), is(ExitCode.OK));
    assertAsBefore(1);
    assertThat(verb.run(restore, printed.console()), is(ExitCode.OK));
    assertThat(
        printed.errors().toString(),
        containsString("no run has left the capacity of trips raised"));
    assertThat(described().itemCount(), is(0L));
  }

  @Test
  void whatCouldNotBePutBackIsNotRaised() throws IOException {
    for (int i = 0; i < 4; i++) {
      set(9);
      set(8);
    }
    assertThat(
        assertThrows(JobException.class, () -> run("--raiseCapacity=200")).getMessage(),
        containsString("was decreased 4 times today (UTC), and can be again from "));
    assertThat(described().itemCount(), is(0L));
  }

  /** DynamoDB's decreases are used up by somebody else while the import runs. */
  @Test
  void aCapacityThatStaysRaisedIsAFailure() throws IOException {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run("--raiseCapacity=160");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    while (!code.isDone() && described().itemCount() == 0) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < 4; i++) {
      set(161);
      set(160);
    }
    assertThat(code.join(), is(ExitCode.FAILED));
    assertThat(described().provisionedThroughput().writeCapacityUnits(), is(160L));
    assertThat(
        printed.errors().toString(), containsString("--raiseCapacity=RESTORE, or the next import"));
  }

  private void set(long writes) {
    client.updateTable(
        u ->
            u.tableName("trips")
                .provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(writes)));
  }
}
