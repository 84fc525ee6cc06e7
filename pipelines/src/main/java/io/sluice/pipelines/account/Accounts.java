/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.account;

import io.sluice.pipelines.cli.AccountOptions;
import io.sluice.pipelines.cli.SluiceOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.aws2.common.ClientBuilderFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks the options of accounts, and has clients made by them. */
public final class Accounts {
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** Source: the API reference of STS, AssumeRole, ExternalId. */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  private Accounts() {}

  /**
   * Has Beam make clients by {@link AccountClients}, if an option of accounts is set.
   *
   * @param problems receives what is wrong with the options
   */
  public static void configure(SluiceOptions options, List<String> problems) {
    check(
        "tableRole", options.getTableRole(), ROLE, "arn:aws:iam::123456789012:role/NAME", problems);
    check("lakeRole", options.getLakeRole(), ROLE, "arn:aws:iam::123456789012:role/NAME", problems);
    check("lakeAccount", options.getLakeAccount(), ACCOUNT, "12 digits", problems);
    check(
        "externalId",
        options.getExternalId(),
        EXTERNAL_ID,
        "2 to 1224 of a-z A-Z 0-9 _+=,.@:/-",
        problems);
    if (!hasRole(options)
        && (options.getExternalId() != null || options.getStsEndpoint() != null)) {
      problems.add("--externalId and --stsEndpoint go with --tableRole or --lakeRole");
    }
    if (!isUsed(options)) {
      return;
    }
    Class<?> factory = options.getClientBuilderFactory();
    if (factory != AccountClients.class
        && factory != ClientBuilderFactory.defaultFactory().getClass()) {
      problems.add(
          "--clientBuilderFactory does not go with --tableRole, --lakeRole, --lakeAccount and"
              + " --bucketOwnerFullControl, which have a factory of their own");
    }
    options.setClientBuilderFactory(AccountClients.class);
  }

  private static void check(
      String option, @Nullable String value, Pattern form, String like, List<String> problems) {
    if (value != null && !form.matcher(value).matches()) {
      problems.add("--" + option + "=" + value + " must be " + like);
    }
  }

  private static boolean hasRole(AccountOptions options) {
    return options.getTableRole() != null || options.getLakeRole() != null;
  }

  /** Whether an option of accounts is set. */
  public static boolean isUsed(AccountOptions options) {
    return hasRole(options)
        || options.getLakeAccount() != null
        || options.isBucketOwnerFullControl();
  }
}
