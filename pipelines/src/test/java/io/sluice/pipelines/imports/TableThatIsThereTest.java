/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.testing.LocalAws;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What an import as a snapshot records it leaves of a table that is there. */
@Timeout(180)
class TableThatIsThereTest {
  private static final DynamoDbClient DYNAMODB = LocalAws.shared().dynamodb();

  @TempDir Path folder;
  private ExportedTable table;

  @BeforeEach
  void makeNames() {
    table = new ExportedTable(folder);
  }

  @Test
  void anInterruptedCreationIsCompleted() {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    DYNAMODB.createTable(RichTable.onDemand(table.to()));
    assertThat(table.restore(folder + "/**"), is(ExitCode.OK));
    assertThat(ExportedTable.definition(table.to()), is(ExportedTable.definition(table.from())));
    assertThat(ExportedTable.count(table.to()), is(3));
    // Again, with all of it there.
    assertThat(table.restore(folder + "/**"), is(ExitCode.OK));
    assertThat(ExportedTable.definition(table.to()), is(ExportedTable.definition(table.from())));
    assertThat(table.printed().errors().toString(), containsString("changes nothing of it"));
  }

  @Test
  void aTableWithItemsStaysAsItIs() {
    table.create(RichTable.onDemand(table.from()));
    table.export();
    DYNAMODB.createTable(RichTable.unlimited(table.to()));
    DYNAMODB.putItem(p -> p.tableName(table.to()).item(RichTable.item(7)));
    TableDefinition before = ExportedTable.definition(table.to());
    assertThat(table.restore(folder + "/**"), is(ExitCode.OK));
    assertThat(ExportedTable.definition(table.to()), is(before));
    assertThat(before.timeToLive() == null, is(true));
    assertThat(ExportedTable.count(table.to()), is(4));
  }
}
