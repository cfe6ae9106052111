# Sets Paluku up in .venv the first time, then opens it. Arguments go to the program: .\run.ps1 talk --help
$ErrorActionPreference = "Stop"
$root = $PSScriptRoot
$environment = Join-Path $root ".venv"
$python = Join-Path $environment "Scripts\python.exe"
$mark = Join-Path $environment ".paluku-run"
$constraints = Join-Path $root "packaging\constraints.txt"
$wanted = (Get-FileHash (Join-Path $root "pyproject.toml")).Hash + (Get-FileHash $constraints).Hash

function Stop-With([string]$message) {
    Write-Host $message
    exit 1
}

if (-not ((Test-Path $mark) -and ((Get-Content $mark) -eq $wanted))) {
    $base = $null
    foreach ($candidate in @(@("py", "-3"), @("python"), @("python3"))) {
        $program, $flags = $candidate
        if (Get-Command $program -ErrorAction SilentlyContinue) {
            & $program @flags -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>$null
            if ($LASTEXITCODE -eq 0) { $base = $candidate; break }
        }
    }
    if (-not $base) { Stop-With "Paluku needs Python 3.11 or newer. Install it from python.org, then run this again." }
    if (-not (Test-Path $python)) {
        Write-Host "Making the environment in .venv (only the first time)"
        $program, $flags = $base
        & $program @flags -m venv $environment
        if ($LASTEXITCODE -ne 0) { Stop-With "Python could not make a virtual environment in $environment." }
    }
    Write-Host "Installing Paluku's libraries (only the first time)"
    & $python -m pip install --quiet --disable-pip-version-check --constraint $constraints --editable $root
    if ($LASTEXITCODE -ne 0) { Stop-With "The libraries could not be installed. Is there a network connection?" }
    Set-Content -Path $mark -Value $wanted
}
& (Join-Path $environment "Scripts\paluku.exe") @args
exit $LASTEXITCODE
