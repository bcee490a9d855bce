# Is It Me? The two commands to know are `make run` and `make test`.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VERSION ?= $(shell sed -n 's/^ *Version = "\(.*\)"/\1/p' FyneApp.toml)
OUT     := build
HOST_OS := $(shell uname -s)
# Reproducible: no paths of this machine, no VCS stamp, no build id.
LDFLAGS := -s -w -buildid= -X main.version=$(VERSION)
# OpenGL ES compiles in a tenth of the time of desktop OpenGL, and draws the same. It is a Linux matter only.
ifeq ($(HOST_OS),Linux)
TAGS := gles,no_emoji
else
TAGS := no_emoji
endif
GOBUILD := go build -trimpath -buildvcs=false
# go test, with a second chance for what a busy computer broke, and a list of what needed it.
GOTEST  := go run -trimpath -buildvcs=false ./packaging/again

# Whether there is a screen to open a window on.
DISPLAYED := $(if $(filter Linux,$(HOST_OS)),$(DISPLAY)$(WAYLAND_DISPLAY),yes)

.PHONY: help run test lint build terminal lab pictures fuzz clean test-windows test-packages \
	package-windows package-linux package-macos

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

ifneq ($(strip $(DISPLAYED)),)
run: build ## open the app (URL=… checks that page at once); without a display, run the check in the terminal
	$(OUT)/isitme $(if $(URL),"$$URL")
else
# A verdict is a success of make: the exit status says only on whose side the problem is.
run: terminal
	@echo "There is no display here, so the check runs in the terminal." >&2
	@$(OUT)/isitme-terminal $(if $(URL),check "$$URL",demo); status=$$?; \
	case $$status in 0|10|20|30|40|50) ;; *) exit $$status ;; esac
endif
export URL

build: ## build the app with its window into build/isitme
	@packaging/setup.sh build
	@mkdir -p $(OUT)
	CGO_ENABLED=1 $(GOBUILD) -tags $(TAGS) -ldflags '$(LDFLAGS)' -o $(OUT)/isitme .

terminal: ## build the terminal program without a window and without a C compiler
	@mkdir -p $(OUT)
	CGO_ENABLED=0 $(GOBUILD) -tags no_emoji -ldflags '$(LDFLAGS)' -o $(OUT)/isitme-terminal .

test: ## run every test: code, loopback servers, pages, the lab of real faults, a real window
	@packaging/setup.sh build
	@packaging/setup.sh test
	packaging/crossvet.sh
	CGO_ENABLED=1 $(GOTEST) -trimpath -buildvcs=false -tags=$(TAGS) -race -timeout=60m $$(go list -tags $(TAGS) ./... | grep -v -e /checks/lab -e /ui/window/journey -e /winetest)
	CGO_ENABLED=1 $(GOTEST) -trimpath -buildvcs=false -tags=$(TAGS) -count=1 -timeout=30m ./ui/window/journey/...
	CGO_ENABLED=0 $(GOTEST) -once -trimpath -buildvcs=false -count=1 -timeout=60m ./checks/lab/...

lint: ## gofumpt, go vet, staticcheck, the workflows
	packaging/lint.sh

# make lab runs every scenario and prints the table; SCENARIO=name opens a shell in that broken internet.
lab: terminal ## try the program on the lab of real faults
	go run ./checks/lab/cmd/lab -program $(OUT)/isitme-terminal $(if $(SCENARIO),-scenario $(SCENARIO) -shell)

pictures: build ## draw every page and report into build/pictures, from the real program
	packaging/pictures.sh $(OUT)/pictures

fuzz: ## fuzz every target for FUZZTIME (default 20s) each
	packaging/fuzz.sh $${FUZZTIME:-20s}

test-windows: ## build for Windows and try it under Wine
	@packaging/setup.sh windows
	packaging/windows/test.sh $(VERSION)

test-packages: ## build for Linux and try the packages on a clean Debian
	@packaging/setup.sh build
	@packaging/setup.sh packages
	packaging/reproducible.sh
	packaging/linux/test.sh $(VERSION)

package-windows: ## the portable .exe, its terminal twin and the installer, into dist/
	@packaging/setup.sh windows
	packaging/windows/package.sh $(VERSION)

package-linux: ## the .deb and the .tar.xz, into dist/
	@packaging/setup.sh build
	packaging/linux/package.sh $(VERSION)

package-macos: ## the .app (on a Mac), into dist/
	packaging/macos/package.sh $(VERSION)

clean: ## remove what was built
	rm -rf $(OUT) dist
