package main

import (
	"fmt"

	"charm.land/glamour/v2"
)

func main() { s, e := glamour.Render("# hi\n\n```go\nfunc x()\n```\n", "notty"); fmt.Println(s, e) }
