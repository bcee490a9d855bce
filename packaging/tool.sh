# Sourced by the scripts here: tool NAME MODULE VERSION compiles a Go program at a pinned version, once, into build/tools
# and puts its path into $tool.
tool() {
	tool=$PWD/build/tools/$1-$3
	[ -x "$tool" ] && return
	mkdir -p build/tools
	GOFLAGS='' GOOS='' GOARCH='' CGO_ENABLED=0 GOBIN=$PWD/build/tools go install "$2@$3"
	mv "build/tools/$1" "$tool"
}
