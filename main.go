// Fanal carries courses, their quizzes and what people have learned from them on an old laptop without a network.
//
// Usage:
//
//	fanal                             open the program: begin, or go on where you left off
//	fanal open MODULE[/LESSON]        open it at a module, or in a lesson
//	fanal list [--json]               say which modules there are
//	fanal show MODULE[/LESSON]        write a lesson out, for a pipe or a printer
//	           [--width N]
//	fanal progress [--json]           say how far a learner is
//	fanal export -o FILE [--all]      take progress along in a file; --to KEY or --passphrase seals it, --pseudonyms
//	                                  puts codes in the place of names
//	fanal import FILE…                bring progress in, and compare both sides
//	fanal learner [list|merge A B]    say who learns here, and that two of them are one person
//	fanal pin [set|remove|reset|mediator]
//	                                  a PIN for --learner; who leads the workshop, and can take a forgotten one away
//	fanal data [--html|--json] [-o FILE]
//	                                  say everything that is stored about a learner; "fanal data erase" forgets them
//	fanal report [--module M] [--since DAY] [--csv|--html|--json] [-o FILE]
//	                                  say who did what
//	fanal wipe                        end of a loan: erase everybody
//	fanal doctor [--repair] [--json]  look whether anything that was kept is damaged, and make it good
//	fanal search WORDS… [--json]      search everything that is installed
//	fanal feedback MODULE -o FILE     what a module's author can learn from its use, without names
//	fanal files MODULE [-o FOLDER]    the files that a module brings for its exercises
//
//	fanal install [FILE|FOLDER]…      install modules from a stick or a folder; "fanal remove MODULE…" takes them away
//	fanal verify FILE…                say whether a packed module is whole, and who signed it
//	fanal keys                        make, trust, rotate and revoke the keys that sign modules
//
//	fanal new FOLDER                  begin a module of your own
//	fanal check [FOLDER|FILE]…        say what is wrong with it, where, and what learners would suffer
//	fanal preview FOLDER              see it while you write it
//	fanal translate FOLDER --to LANG  begin or complete a translation
//	fanal pack FOLDER [-o FILE]       make it into one file that travels; "fanal unpack FILE FOLDER" takes it apart
//	fanal import-gift FILE… -o FOLDER bring questions in from Moodle; export-gift and import-mdbook do likewise
//	fanal completion SHELL            print the script that completes all this in a shell
//	fanal version                     say the version
//
// Options of every command:
//
//	--data FOLDER        keep progress there; else in the folder that FANAL_DATA names, else where the system keeps what
//	                     belongs to a user (~/.local/share/fanal)
//	--lang LANGUAGE      speak fr, en, es or it; else the learner's language, else the system's
//	--learner NAME       study under this name; a new one is added
//	--guest              study without a name, leaving no trace on the disk
//	--linear             say everything line by line, for a screen reader, a slow line or a script
//	--module-dir FOLDER  add the modules in this folder to the built-in ones; can be repeated
//
// Fanal draws screens where the terminal can; where TERM is "dumb", or the input or the output is no terminal, it speaks
// line by line by itself: whenever it waits, it has written "> " at the start of a line, and an empty line goes on. Typing
// :? there gives help. A non-empty NO_COLOR turns colours off.
//
// An answer is on the disk before it is acknowledged. Closing the window, a dead battery and the end of the input lose
// nothing of what was acknowledged. One folder is open in one program at a time.
//
// Exit codes: 0 done, 1 failed, 2 misused.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"fanal/cli"
	"fanal/progress"
)

func main() {
	progress.CheckMain() // this process may be one that only looks at a file
	// A closed window and a wish to end are the end of the program; so is the end of its input.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(cli.Code(err))
}
