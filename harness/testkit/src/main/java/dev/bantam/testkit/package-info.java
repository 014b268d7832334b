/** Fakes and abstract contracts for tests: a scripted model, a fake sandbox, and what every implementation must keep. */
package dev.bantam.testkit;
