/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import static io.sluice.pipelines.night.aws.Templates.NIGHT;
import static io.sluice.pipelines.night.aws.Templates.names;
import static io.sluice.pipelines.night.aws.Templates.template;
import static io.sluice.pipelines.night.aws.Templates.words;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobRolesTest {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
  private static final String TABLE_ROLE = "arn:aws:iam::222222222222:role/sluice/orders";

  /** A step is allowed what is said of the verbs, on what it names. */
  @Test
  void everyActionOfAJobIsOneThatIsExplained() throws IOException {
    String explained =
        Files.readString(ROOT.resolve("src/docs/cluster.md"))
            + Files.readString(ROOT.resolve("src/docs/operating.md"));
    JsonNode resources = template(NIGHT).get("Resources");
    int roles = 0;
    for (String name : names(resources)) {
      if (name.matches("(Job|Assumed)Role.*")) {
        roles++;
        Set<String> sids = new TreeSet<>();
        for (JsonNode statement : statements(resources.get(name))) {
          assertThat("twice in " + name, sids.add(statement.get("Sid").asText()), is(true));
          words(statement.get("Action"))
              .forEach(action -> assertThat(action, explained.contains(action), is(true)));
          words(statement.get("Resource"))
              .forEach(arn -> assertThat(arn, arn.matches("arn:.*[^*:/].*"), is(true)));
        }
      }
    }
    assertThat(roles, is(5));
  }

  private static JsonNode statements(JsonNode role) {
    return role.at("/Properties/Policies/0/PolicyDocument/Statement");
  }

  private static List<String> allowed(JsonNode role, String action) {
    List<String> on = new ArrayList<>();
    for (JsonNode statement : statements(role)) {
      if (words(statement.get("Action")).contains(action)) {
        words(statement.get("Resource"))
            .forEach(arn -> on.add(arn.replaceAll("^arn:.*(:s3:::|(?=table/))", "")));
      }
    }
    return on;
  }

  @Test
  void aRoleHasWhatTheStepsOfItsTableNeed() throws IOException {
    JsonNode resources = template(NIGHT).get("Resources");
    JsonNode trips = resources.get("JobRole1Trips");
    assertThat(allowed(trips, "dynamodb:BatchWriteItem"), contains("table/trips"));
    assertThat(allowed(trips, "dynamodb:CreateTable"), is(empty()));
    assertThat(allowed(trips, "dynamodb:UpdateTable"), is(empty()));
    assertThat(
        allowed(trips, "s3:GetObject"),
        containsInAnyOrder(
            "drop/trips/*",
            "spare/rejects",
            "spare/rejects/*",
            "lake/nights/nightly/checkpoints",
            "lake/nights/nightly/checkpoints/*",
            "lake/exports/*",
            "${JarBucket}/${JarKey}"));
    JsonNode customers = resources.get("JobRole3Customers");
    assertThat(allowed(customers, "dynamodb:GetRecords"), contains("table/customers-eu/stream/*"));
    assertThat(
        allowed(customers, "s3:GetObject"),
        hasItems("lake/exports/snapshots_customers-eu/*", "lake/feeds/changes_customers-eu/*"));
    assertThat(allowed(resources.get("JobRole2Clicks"), "dynamodb:Scan"), is(empty()));
    JsonNode raising =
        template(NIGHT.replace("keyFrom: md5,", "keyFrom: md5, raiseCapacity: 500,"))
            .at("/Resources/JobRole1Trips");
    assertThat(allowed(raising, "dynamodb:UpdateTable"), contains("table/trips"));
    assertThat(allowed(raising, "dynamodb:StartBulkPutItems"), is(empty()));
    JsonNode bulk =
        template(
                NIGHT.replace(
                    "keyFrom: md5,",
                    "keyFrom: md5, writeEngine: bulk, staging: 's3://spare/staging',"))
            .at("/Resources/JobRole1Trips");
    assertThat(allowed(bulk, "dynamodb:StartBulkPutItems"), contains("table/trips"));
    assertThat(allowed(bulk, "dynamodb:ImportTable"), is(empty()));
    assertThat(allowed(bulk, "s3:PutObject"), hasItem("spare/staging/*"));
  }

  @Test
  void theRoleOfAnotherAccountHasTheTableAndIsCreatedThere() throws IOException {
    JsonNode template = template(NIGHT);
    JsonNode orders = template.at("/Resources/JobRole4Orders");
    assertThat(allowed(orders, "sts:AssumeRole"), contains(TABLE_ROLE));
    assertThat(allowed(orders, "dynamodb:Scan"), is(empty()));
    JsonNode assumed = template.at("/Resources/AssumedRole1Orders");
    assertThat(assumed.at("/Properties/Path").asText(), is("/sluice/"));
    assertThat(assumed.at("/Properties/RoleName").asText(), is("orders"));
    assertThat(allowed(assumed, "dynamodb:Scan"), contains("table/orders", "table/orders/index/*"));
    assertThat(allowed(assumed, "s3:PutObject"), is(empty()));
    assertThat(assumed.get("Condition").asText(), is("RolesOf222222222222"));
    assertThat(words(assumed.findValue("sts:ExternalId")), contains("x"));
    assertThat(orders.get("Condition").asText(), is("IsNight"));
    // Without another account there is nothing to choose.
    JsonNode alone = template(NIGHT.replaceAll("\\{tableRole.*}", ""));
    assertThat(alone.at("/Parameters/NightAccount").isMissingNode(), is(true));
    assertThat(alone.at("/Resources/Night/Condition").isMissingNode(), is(true));
  }

  /** Each statement of the policies is either for all steps or has a known reason. */
  @Test
  void optionalStatementsAreOfThePolicies() throws IOException {
    Set<String> sids = new TreeSet<>();
    for (String verb : VerbPolicy.VERBS) {
      Templates.JSON
          .readTree(ROOT.resolve("src/submit/iam/" + verb + ".json").toFile())
          .get("Statement")
          .forEach(statement -> sids.add(statement.get("Sid").asText()));
    }
    assertThat(sids, hasItems(VerbPolicy.OPTIONAL.keySet().toArray(String[]::new)));
  }

  @Test
  void everyVerbWithAPolicyMayBeAStep() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("src/submit/iam"))) {
      assertThat(
          files.map(file -> file.getFileName().toString().replace(".json", "")).toList(),
          containsInAnyOrder(VerbPolicy.VERBS.toArray()));
    }
  }

  @Test
  void aTableByItsArnAndANativeExportAreNamedAsTheyAre() throws IOException {
    String arn = "arn:aws:dynamodb:eu-west-1:444444444444:table/NAMES";
    String night =
        """
        name: nightly
        ledger: s3://lake/nights
        tables:
          names:
            table: %s
            steps:
              - export: {output: 's3://lake/exports', source: 'NATIVE_EXPORT=s3://old/AWSDynamoDB/01/'}
        """
            .formatted(arn);
    JsonNode role = template(night).at("/Resources/JobRole1Names");
    assertThat(words(statements(role).get(0).get("Resource")), contains(arn, arn + "/index/*"));
    assertThat(allowed(role, "s3:GetObject"), hasItem("old/AWSDynamoDB/01/*"));
  }
}
