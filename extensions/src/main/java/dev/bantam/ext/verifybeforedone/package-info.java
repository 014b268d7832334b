/**
 * {@code verify-before-done}: a model that ends a run is checked, and sent back with the facts.
 *
 * <p>Three facts count, in this order: a file that was changed cannot be parsed; the tests fail; a change was asked for and
 * claimed, and none was made. At most twice a prompt; a reply that asks, announces, or says openly that it did not
 * succeed is not held to a claim that it does not make.
 *
 * <p>Which tests: those of the setting, else the last test command that the model itself ran in this session, without
 * what it piped the output through, and only if that is one plain command. Its result counts as long as nothing was
 * changed afterwards; else it is run again, in the sandbox and with a time limit. A project's build files are not asked: a
 * build may take long, reach for the network and do anything. Where the sandbox refuses nothing is run, and nothing is
 * said.
 */
package dev.bantam.ext.verifybeforedone;
