; The installer for Windows, for Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\paluku.iss
; It installs for one user and asks for no administrator. Not tried yet: see packaging\README.md.
#ifndef Version
  #error Tell the version: iscc /DVersion=1.2.3
#endif

[Setup]
AppId={{7D3C1C0A-52C4-4B5C-9F7B-8E2E53C2B7A1}
AppName=Paluku
AppVersion={#Version}
AppPublisher=The Paluku authors
DefaultDirName={localappdata}\Programs\Paluku
DefaultGroupName=Paluku
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=paluku-{#Version}-windows-x64
SetupIconFile=..\..\build\icons\paluku.ico
UninstallDisplayIcon={app}\paluku.exe
LicenseFile=..\..\LICENSE
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\paluku\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; what an older version left must not be imported by the new one
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Paluku"; Filename: "{app}\paluku.exe"
Name: "{userdesktop}\Paluku"; Filename: "{app}\paluku.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\paluku.exe"; Description: "{cm:LaunchProgram,Paluku}"; Flags: nowait postinstall skipifsilent

[Code]
// The user's models, conversations and settings stay, unless the user wants them gone. Silently they always stay.
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Place: String;
begin
  if (Step <> usPostUninstall) or UninstallSilent then
    Exit;
  Place := ExpandConstant('{localappdata}\paluku');
  if DirExists(Place) and (MsgBox('Delete your conversations, models and settings as well?' + #13#10 + Place,
      mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES) then
    DelTree(Place, True, True, True);
end;
